import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { draftOf, emptyFields, fieldsOf } from './server-draft.ts';
import { ServerForm } from './server-form.tsx';
import { useLine } from './use-line.ts';

/** What the dialog is about: a new server, or one that is here. */
export type EditedServer = { readonly kind: 'new' } | { readonly kind: 'known'; readonly server: ToolServerView };

interface ServerDialogProps {
  edited: EditedServer | null;
  onClose: () => void;
}

/** Adds or changes a server. */
export function ServerDialog({ edited, onClose }: ServerDialogProps) {
  const { t } = useTranslation();
  const title = edited?.kind === 'known' ? t('servers.editTitle', { name: edited.server.name }) : t('servers.addTitle');
  return (
    <Dialog isOpen={edited !== null} isForm onOpenChange={(isOpen) => !isOpen && onClose()} title={title}>
      {edited?.kind === 'new' && <NewServer onClose={onClose} />}
      {edited?.kind === 'known' && <KnownServer server={edited.server} onClose={onClose} />}
    </Dialog>
  );
}

function NewServer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [fields, setFields] = useState(emptyFields);
  const add = useCall('toolServers.add');
  const start = useCall('toolServers.start');
  const line = useLine(fields);
  const run = async (isConnecting: boolean) => {
    if (line.kind !== 'line') return;
    const draft = draftOf(fields);
    const outcome = await add.run(draft);
    if (!outcome.isOk) return;
    toasts.show({ text: t('servers.added', { name: draft.name }) });
    onClose();
    if (!isConnecting) return;
    // How the start goes, the row shows; nothing is started that is not the line shown here.
    const started = await start.run({ id: outcome.value.id, line: line.line });
    if (!started.isOk) toasts.show({ text: failureText(t, started.failure), status: 'bad' });
  };
  const isReady = line.kind === 'line';
  return (
    <ServerForm fields={fields} line={line} failure={add.failure} onChange={setFields} onSubmit={() => void run(true)}>
      <Button type="submit" variant="primary" disabled={!isReady} isBusy={add.isRunning}>
        {t('servers.addAndConnect')}
      </Button>
      <Button disabled={!isReady} onClick={() => void run(false)}>
        {t('servers.addOnly')}
      </Button>
      <Button variant="quiet" onClick={onClose}>
        {t('ui.cancel')}
      </Button>
    </ServerForm>
  );
}

function KnownServer({ server, onClose }: { server: ToolServerView; onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [fields, setFields] = useState(() => fieldsOf(server));
  const update = useCall('toolServers.update');
  const line = useLine(fields);
  const save = async () => {
    const draft = draftOf(fields);
    const outcome = await update.run({ id: server.id, draft });
    if (!outcome.isOk) return;
    toasts.show({ text: t('servers.saved', { name: draft.name }) });
    onClose();
  };
  return (
    <ServerForm fields={fields} line={line} failure={update.failure} onChange={setFields} onSubmit={() => void save()}>
      <Button type="submit" variant="primary" disabled={line.kind !== 'line'} isBusy={update.isRunning}>
        {t('servers.save')}
      </Button>
      <Button variant="quiet" onClick={onClose}>
        {t('ui.cancel')}
      </Button>
    </ServerForm>
  );
}
