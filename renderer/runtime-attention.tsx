import { useTranslation } from 'react-i18next';
import type { RuntimeView } from '../node-core/api/shell-views.ts';
import { GoBackButton } from './go-back-button.tsx';
import { useShellView } from './rpc/shell-provider.tsx';
import { useShellCall } from './rpc/use-shell-call.ts';
import { Button } from './ui/button.tsx';
import { FailureNote } from './ui/failure-note.tsx';

/** The node, as far as it is not started again by itself. */
export type RuntimeAttention = Extract<RuntimeView, { readonly kind: 'attention' }>;

/** Why the node does not run. */
export function AttentionSentence({ runtime }: { readonly runtime: RuntimeAttention }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t(runtime.cause === 'cannot-start' ? 'shell.cannotStart' : 'shell.keepsCrashing')}</p>
      <p>{runtime.sentence}</p>
    </>
  );
}

/** What the person can do about it, and what came of it. */
export function AttentionButtons() {
  const { t } = useTranslation();
  const restart = useShellCall('runtime.restart');
  const logs = useShellCall('logs.open');
  const isUpdateTakenBack = useShellView()?.update.kind === 'went-back';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <GoBackButton />
      <Button
        size="sm"
        variant={isUpdateTakenBack ? 'secondary' : 'primary'}
        isBusy={restart.isRunning}
        onClick={() => void restart.run({})}
      >
        {t('shell.restart')}
      </Button>
      <Button size="sm" isBusy={logs.isRunning} onClick={() => void logs.run({})}>
        {t('shell.openLogs')}
      </Button>
      <FailureNote failure={restart.failure} onDismiss={restart.clear} />
      <FailureNote failure={logs.failure} onDismiss={logs.clear} />
    </div>
  );
}
