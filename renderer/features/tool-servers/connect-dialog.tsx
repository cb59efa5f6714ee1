import { useTranslation } from 'react-i18next';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { ExactLine } from './exact-line.tsx';

interface ConnectDialogProps {
  server: ToolServerView | null;
  onClose: () => void;
}

/** Shows all of what a server runs before it is run for the first time. */
export function ConnectDialog({ server, onClose }: ConnectDialogProps) {
  const { t } = useTranslation();
  const start = useCall('toolServers.start');
  const close = () => {
    start.clear();
    onClose();
  };
  const connect = async () => {
    if (server === null) return;
    const outcome = await start.run({ id: server.id, line: server.line });
    if (outcome.isOk) close();
  };
  return (
    <Dialog
      isOpen={server !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={t('servers.connectTitle', { name: server?.name ?? '' })}
      footer={
        <>
          <Button onClick={close}>{t('ui.cancel')}</Button>
          <Button variant="primary" isBusy={start.isRunning} onClick={() => void connect()}>
            {t('servers.connect')}
          </Button>
        </>
      }
    >
      {server !== null && (
        <div className="flex flex-col gap-4">
          <ExactLine kind={server.definition.kind} line={server.line} />
          <Banner tone="warn">{t(`servers.warning.${server.definition.kind}`)}</Banner>
          <FailureNote failure={start.failure} />
        </div>
      )}
    </Dialog>
  );
}
