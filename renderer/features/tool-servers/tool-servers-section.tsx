import { FileInput, Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useUndoableRemoval } from '../../use-undoable-removal.ts';
import { ConnectDialog } from './connect-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { LogDialog } from './log-dialog.tsx';
import { type EditedServer, ServerDialog } from './server-dialog.tsx';
import { ServerRow } from './server-row.tsx';

/** A dialog about one server, by its id. */
interface Shown {
  readonly kind: 'connect' | 'log';
  readonly id: string;
}

/** Settings, Tool servers: what offers tools to agents. */
export function ToolServersSection() {
  const { t } = useTranslation();
  const servers = useWatched('toolServers.watch', {});
  const [edited, setEdited] = useState<EditedServer | null>(null);
  const [isImporting, setImporting] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const remove = useUndoableRemoval('server');
  if (!servers.value && !servers.failure) return <Spinner label={t('servers.loading')} />;
  const all = servers.value ?? [];
  const shownAs = (kind: Shown['kind']) => all.find(({ id }) => shown?.kind === kind && shown.id === id) ?? null;
  const add = (
    <>
      <Button size="sm" icon={<Plus />} onClick={() => setEdited({ kind: 'new' })}>
        {t('servers.add')}
      </Button>
      <Button size="sm" icon={<FileInput />} onClick={() => setImporting(true)}>
        {t('servers.fromFile')}
      </Button>
    </>
  );
  return (
    <>
      <FailureNote failure={servers.failure} />
      <Section title={t('servers.servers')} hint={t('servers.hint')} actions={all.length > 0 && add}>
        <Card>
          {all.length === 0 ? (
            <EmptyState icon={<Plug />} title={t('servers.none')} action={add}>
              {t('servers.noneHint')}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line" aria-label={t('servers.servers')}>
              {all.map((server) => (
                <ServerRow
                  key={server.id}
                  server={server}
                  onConfirm={() => setShown({ kind: 'connect', id: server.id })}
                  onEdit={() => setEdited({ kind: 'known', server })}
                  onLog={() => setShown({ kind: 'log', id: server.id })}
                  onRemove={() => void remove(server.id, t('servers.removed', { name: server.name }))}
                />
              ))}
            </ul>
          )}
        </Card>
      </Section>
      <ServerDialog edited={edited} onClose={() => setEdited(null)} />
      <ImportDialog isOpen={isImporting} onClose={() => setImporting(false)} />
      <ConnectDialog server={shownAs('connect')} onClose={() => setShown(null)} />
      <LogDialog server={shownAs('log')} onClose={() => setShown(null)} />
    </>
  );
}
