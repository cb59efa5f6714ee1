import { Folder } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickedFolderView } from '../../../node-core/api/hands-views.ts';
import { ChatLink } from '../../hands/chat-link.tsx';
import { PathText } from '../../hands/path-text.tsx';
import type { Names } from '../../hands/use-names.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';

interface PickedFoldersProps {
  readonly folders: readonly PickedFolderView[];
  readonly names: Names;
}

/** The folders that agents see, each with a way to take it from them. */
export function PickedFolders({ folders, names }: PickedFoldersProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  if (folders.length === 0) return <p className="text-ink-2">{t('permissions.noFolders')}</p>;
  return (
    <ul ref={list} tabIndex={-1} aria-label={t('permissions.folders')} className="divide-y divide-line outline-none">
      {folders.map((folder) => (
        <FolderRow key={folder.id} folder={folder} names={names} onLeave={() => list.current?.focus()} />
      ))}
    </ul>
  );
}

interface FolderRowProps {
  readonly folder: PickedFolderView;
  readonly names: Names;
  readonly onLeave: () => void;
}

function FolderRow({ folder: { id, path, owner, isThere }, names, onLeave }: FolderRowProps) {
  const { t } = useTranslation();
  const { run, isRunning, failure } = useCall('folders.remove');
  const remove = async (): Promise<void> => {
    if ((await run({ id })).isOk) onLeave();
  };
  return (
    <li className="py-2.5 first:pt-0.5 last:pb-0.5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-[min(16rem,100%)] flex-1 items-start gap-2.5">
          <Folder aria-hidden="true" className="mt-0.5 text-ink-2" />
          <div className="min-w-0">
            <PathText path={path} className="text-small" />
            <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2 text-small">
              {owner.kind === 'agent' ? (
                t('permissions.seenByAgent', { agent: names.agent(owner.agentId) })
              ) : (
                <>
                  {t('permissions.seenInChat')}{' '}
                  <ChatLink conversationId={owner.conversationId} messageId={null} names={names} />
                </>
              )}
              {!isThere && <Chip tone="warn">{t('permissions.notThere')}</Chip>}
            </p>
          </div>
        </div>
        <Button
          variant="danger"
          size="sm"
          isBusy={isRunning}
          aria-label={t('permissions.removeFolder', { path })}
          onClick={() => void remove()}
        >
          {t('permissions.remove')}
        </Button>
      </div>
      <FailureNote failure={failure} className="mt-2" />
    </li>
  );
}
