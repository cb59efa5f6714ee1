import { Pencil, Play, ScrollText, Square, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { ServerState } from './server-state.tsx';
import { ToolList } from './tool-list.tsx';

interface ServerRowProps {
  server: ToolServerView;
  /** To connect a server whose line is not confirmed yet, which is shown first. */
  onConfirm: () => void;
  onEdit: () => void;
  onLog: () => void;
  onRemove: () => void;
}

/** One server: what it runs, how it does, its tools, and what can be done with it. */
export function ServerRow({ server, onConfirm, ...actions }: ServerRowProps) {
  const { t } = useTranslation();
  const start = useCall('toolServers.start');
  const stop = useCall('toolServers.stop');
  const { id, name, line, state, isConfirmed } = server;
  const isRunning = state.kind === 'ready' || state.kind === 'starting';
  const connect = () => (isConfirmed ? void start.run({ id, line }) : onConfirm());
  return (
    <li aria-label={name} className="py-3 first:pt-1 last:pb-1">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-semibold [overflow-wrap:anywhere]">{name}</p>
          <ServerState server={server} />
        </div>
        <div className="flex items-center gap-1.5">
          {isRunning ? (
            <Button size="sm" icon={<Square />} isBusy={stop.isRunning} onClick={() => void stop.run({ id })}>
              {t('servers.stop')}
            </Button>
          ) : (
            <Button size="sm" icon={<Play />} isBusy={start.isRunning} onClick={connect}>
              {t('servers.connect')}
            </Button>
          )}
          <ServerMenu name={name} hasLog={server.definition.kind === 'stdio'} {...actions} />
        </div>
      </div>
      <code
        dir="ltr"
        className="mt-1.5 block whitespace-pre-wrap rounded-control bg-code px-2 py-1 font-mono text-tiny [overflow-wrap:anywhere]"
      >
        {line}
      </code>
      <ToolList server={server} />
      <FailureNote failure={start.failure ?? stop.failure} className="mt-2" />
    </li>
  );
}

interface ServerMenuProps {
  name: string;
  hasLog: boolean;
  onEdit: () => void;
  onLog: () => void;
  onRemove: () => void;
}

function ServerMenu({ name, hasLog, onEdit, onLog, onRemove }: ServerMenuProps) {
  const { t } = useTranslation();
  return (
    <MoreMenu label={t('servers.more', { name })}>
      <MenuItem icon={<Pencil />} onSelect={onEdit}>
        {t('servers.edit')}
      </MenuItem>
      {hasLog && (
        <MenuItem icon={<ScrollText />} onSelect={onLog}>
          {t('servers.log')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} isDanger onSelect={onRemove}>
        {t('servers.remove')}
      </MenuItem>
    </MoreMenu>
  );
}
