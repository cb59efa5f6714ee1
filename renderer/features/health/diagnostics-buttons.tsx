import { Copy, Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { failureText } from '../../messages/failure-text.ts';
import { useShell } from '../../rpc/shell-provider.tsx';
import { useCall } from '../../rpc/use-call.ts';
import { useShellCall } from '../../rpc/use-shell-call.ts';
import { saveFile } from '../../save-file.ts';
import { Button } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** Hands the diagnostics over: as text to paste, or as a file. In the desktop app the file tells of the app as well. */
export function DiagnosticsButtons({ isConnected }: { readonly isConnected: boolean }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const inShell = useShell() !== null;
  const read = useCall('status.diagnostics');
  const saved = useShellCall('diagnostics.save');
  const tell = (text: string, status: 'ok' | 'bad') => toasts.show({ text, status });
  const text = async (): Promise<string | null> => {
    const outcome = await read.run({});
    if (outcome.isOk) return outcome.value.text;
    tell(failureText(t, outcome.failure), 'bad');
    return null;
  };
  const copy = async () => {
    const diagnostics = await text();
    if (diagnostics === null) return;
    await navigator.clipboard.writeText(diagnostics).then(
      () => tell(t('checks.copied'), 'ok'),
      () => tell(t('ui.copyRefused'), 'bad'),
    );
  };
  const saveHere = async () => {
    const diagnostics = await text();
    if (diagnostics !== null) saveFile(fileName(), [diagnostics], 'text/plain');
  };
  const saveByShell = async () => {
    const outcome = await saved.run({});
    if (!outcome.isOk) tell(failureText(t, outcome.failure), 'bad');
    else if (outcome.value.file !== null) tell(t('checks.saved', { file: outcome.value.file }), 'ok');
  };
  return (
    <div className="mt-5 flex flex-wrap items-center justify-end gap-2.5 pb-8">
      <p className="min-w-[min(18rem,100%)] flex-1 text-ink-2 text-small">{t('checks.diagnosticsHint')}</p>
      <Button
        variant="quiet"
        icon={<Copy />}
        disabled={!isConnected}
        isBusy={read.isRunning}
        onClick={() => void copy()}
      >
        {t('checks.copy')}
      </Button>
      <Button
        icon={<Download />}
        disabled={!inShell && !isConnected}
        isBusy={saved.isRunning}
        onClick={() => void (inShell ? saveByShell() : saveHere())}
      >
        {t('checks.save')}
      </Button>
    </div>
  );
}

const fileName = (): string => `nunba-diagnostics-${new Date().toISOString().slice(0, 10)}.txt`;
