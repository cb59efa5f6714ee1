import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';

interface LogDialogProps {
  server: ToolServerView | null;
  onClose: () => void;
}

/** The last lines that a server wrote beside the protocol. */
export function LogDialog({ server, onClose }: LogDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={server !== null}
      size="lg"
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('servers.logTitle', { name: server?.name ?? '' })}
    >
      {server !== null && <Lines id={server.id} />}
    </Dialog>
  );
}

function Lines({ id }: { id: string }) {
  const { t } = useTranslation();
  const { run, failure } = useCall('toolServers.logs');
  const [round, setRound] = useState(0);
  const [lines, setLines] = useState<readonly string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round reads again
  useEffect(() => {
    void run({ id }).then((outcome) => outcome.isOk && setLines(outcome.value.lines));
  }, [id, run, round]);
  return (
    <div className="flex flex-col gap-3">
      <FailureNote failure={failure} />
      {lines.length === 0 ? (
        <p className="text-ink-2">{t('servers.logEmpty')}</p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          dir="ltr"
          className="max-h-96 overflow-auto whitespace-pre-wrap rounded-card border border-line bg-code px-3.5 py-2.5 font-mono text-tiny [overflow-wrap:anywhere]"
        >
          {lines.join('\n')}
        </pre>
      )}
      <div>
        <Button size="sm" onClick={() => setRound(round + 1)}>
          {t('servers.refresh')}
        </Button>
      </div>
    </div>
  );
}
