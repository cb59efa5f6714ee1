import { CornerLeftUp, Folder } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallResult } from '../../node-core/api/contract.ts';
import type { Failure } from '../../node-core/api/failures.ts';
import { useCall } from '../rpc/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { crumbsOf, folderName } from './folder-crumbs.ts';
import { PathField } from './path-field.tsx';

type Browsed = CallResult<'folders.browse'>;

interface FolderDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What picking a folder means here. */
  readonly description: string;
  /** What the button says of the folder of that name. */
  readonly pickLabel: (name: string) => string;
  readonly onPick: (path: string) => void;
  readonly isPicking?: boolean | undefined;
  /** Why the folder was not taken; `onMove` is called when another one is looked at. */
  readonly failure?: Failure | null | undefined;
  readonly onMove?: (() => void) | undefined;
}

/** Lets a person go through the folders of this computer and choose one. */
export function FolderDialog(props: FolderDialogProps) {
  const { isOpen, onClose, description, pickLabel, onPick, isPicking, failure, onMove } = props;
  const { t } = useTranslation();
  const browse = useCall('folders.browse');
  const [shown, setShown] = useState<Browsed | null>(null);
  const { run, clear } = browse;
  const open = useCallback(
    async (path: string | null) => {
      const outcome = await run({ path });
      if (outcome.isOk) setShown(outcome.value);
    },
    [run],
  );
  useEffect(() => {
    if (isOpen) void open(null);
    else clear();
  }, [isOpen, open, clear]);
  const go = (path: string) => {
    onMove?.();
    void open(path);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && onClose()}
      title={t('folders.pickTitle')}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            disabled={!shown}
            isBusy={isPicking ?? false}
            onClick={() => shown && onPick(shown.path)}
            className="max-w-full"
          >
            <span className="block truncate">{pickLabel(shown ? folderName(shown.path) : t('folders.this'))}</span>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FailureNote failure={failure ?? browse.failure} />
        {shown && (
          <>
            <Crumbs path={shown.path} onOpen={go} />
            <FolderRows key={shown.path} browsed={shown} onOpen={go} />
            <p role="status" className="text-ink-2 text-small">
              {t('folders.holds', {
                files: t('folders.fileCount', { count: shown.fileCount }),
                folders: t('folders.folderCount', { count: shown.folders.length }),
              })}
            </p>
            <PathField key={`path ${shown.path}`} path={shown.path} onOpen={go} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Crumbs({ path, onOpen }: { readonly path: string; readonly onOpen: (path: string) => void }) {
  const { t } = useTranslation();
  const crumbs = crumbsOf(path);
  return (
    <nav aria-label={t('folders.way')}>
      <ol className="flex flex-wrap items-center gap-x-0.5 gap-y-1 text-small">
        {crumbs.map((crumb, index) => (
          <li key={crumb.path} className="flex min-w-0 max-w-full items-center gap-0.5">
            {index > 1 && (
              <span aria-hidden="true" className="text-ink-3">
                /
              </span>
            )}
            <button
              type="button"
              aria-current={index === crumbs.length - 1 ? 'location' : undefined}
              onClick={() => onOpen(crumb.path)}
              className="min-h-6 min-w-6 truncate rounded-control px-1 text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {crumb.name}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface FolderRowsProps {
  readonly browsed: Browsed;
  readonly onOpen: (path: string) => void;
}

const row =
  'flex w-full min-w-0 items-center gap-2.5 rounded-control px-2.5 py-1.5 text-start transition-colors hover:bg-sunken';

/**
 * Arrow keys go through the rows, Enter opens one, Backspace goes up. The rows of a folder that was opened take the
 * focus, as those of the one before had it and are gone: the first folder in it, or the way up.
 */
function FolderRows({ browsed, onOpen }: FolderRowsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const { parent, folders } = browsed;
  useEffect(() => {
    const rows = list.current?.querySelectorAll('button') ?? [];
    (rows[parent === null ? 0 : 1] ?? rows[0])?.focus();
  }, [parent]);
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    const active = document.activeElement;
    const at = active instanceof HTMLButtonElement ? rows.indexOf(active) : -1;
    const next = nextRow(event.key, at, rows.length);
    if (next !== null) rows[next]?.focus();
    else if (event.key === 'Backspace' && parent !== null) onOpen(parent);
    else return;
    event.preventDefault();
  };
  return (
    <ul
      ref={list}
      aria-label={t('folders.list')}
      onKeyDown={onKeyDown}
      className="h-64 overflow-y-auto rounded-card border border-line p-1"
    >
      {parent !== null && (
        <li>
          <button type="button" className={row} onClick={() => onOpen(parent)}>
            <CornerLeftUp aria-hidden="true" className="size-4 flex-none text-ink-3" />
            <span className="text-ink-2">{t('folders.up')}</span>
          </button>
        </li>
      )}
      {folders.map((folder) => (
        <li key={folder.path}>
          <button type="button" className={row} onClick={() => onOpen(folder.path)}>
            <Folder aria-hidden="true" className="size-4 flex-none text-ink-2" />
            <span className="min-w-0 truncate">{folder.name}</span>
          </button>
        </li>
      ))}
      {folders.length === 0 && <li className="px-2.5 py-1.5 text-ink-2 text-small">{t('folders.noFolders')}</li>}
    </ul>
  );
}

/** The row that a key leads to; `null` for any other key. */
function nextRow(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
