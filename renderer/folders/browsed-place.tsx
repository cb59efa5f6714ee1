import { CornerLeftUp, File, Folder } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallResult } from '../../node-core/api/contract.ts';
import { formatBytes } from '../messages/numbers.ts';
import { useCall } from '../rpc/use-call.ts';
import { crumbsOf } from './folder-crumbs.ts';
import { PathField } from './path-field.tsx';

/** Of files that can be picked. */
export type FileEnding = NonNullable<CallInput<'folders.browse'>['ending']>;

/** A folder as the person sees it who goes through them. */
export type Browsed = CallResult<'folders.browse'>;

/**
 * Goes through the folders of this computer while a dialog is open, beginning at the person's own.
 *
 * @param ending of the files that are shown too; `null`: none are
 */
export function useBrowse(isOpen: boolean, ending: FileEnding | null = null) {
  const { run, clear, failure } = useCall('folders.browse');
  const [shown, setShown] = useState<Browsed | null>(null);
  const open = useCallback(
    async (path: string | null) => {
      const outcome = await run({ path, ending });
      if (outcome.isOk) setShown(outcome.value);
    },
    [run, ending],
  );
  useEffect(() => {
    if (isOpen) void open(null);
    else clear();
  }, [isOpen, open, clear]);
  return { shown, open, failure };
}

interface BrowsedPlaceProps {
  readonly shown: Browsed;
  readonly onOpen: (path: string) => void;
  /** Where a file is picked: the ending of such files, and what takes one. */
  readonly pick?: { readonly ending: FileEnding; readonly onFile: (path: string) => void } | undefined;
}

/** A folder: the way to it, what is in it, and a field for those who know its path. */
export function BrowsedPlace({ shown, onOpen, pick }: BrowsedPlaceProps) {
  const { t } = useTranslation();
  const { path, fileCount, folders } = shown;
  return (
    <>
      <Crumbs path={path} onOpen={onOpen} />
      <PlaceRows key={path} browsed={shown} onOpen={onOpen} pick={pick} />
      <p role="status" className="text-ink-2 text-small">
        {t('folders.holds', {
          files: t('folders.fileCount', { count: fileCount }),
          folders: t('folders.folderCount', { count: folders.length }),
        })}
      </p>
      <PathField key={`path ${path}`} path={path} onOpen={onOpen} />
    </>
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

interface PlaceRowsProps extends Pick<BrowsedPlaceProps, 'onOpen' | 'pick'> {
  readonly browsed: Browsed;
}

const row =
  'flex w-full min-w-0 items-center gap-2.5 rounded-control px-2.5 py-1.5 text-start transition-colors hover:bg-sunken';

/**
 * Arrow keys go through the rows, Enter opens or picks one, Backspace goes up. The rows of a folder that was opened take the
 * focus, as those of the one before had it and are gone: the first folder in it, or the way up.
 */
function PlaceRows({ browsed, onOpen, pick }: PlaceRowsProps) {
  const { t, i18n } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const { parent, folders, files } = browsed;
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
      aria-label={t(pick ? 'folders.listWithFiles' : 'folders.list')}
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
      {files.map((file) => (
        <li key={file.path}>
          <button type="button" className={row} onClick={() => pick?.onFile(file.path)}>
            <File aria-hidden="true" className="size-4 flex-none text-ink-2" />
            <span className="min-w-0 flex-1 truncate">{file.name}</span>
            <span className="flex-none text-ink-2 text-small">{formatBytes(file.sizeBytes, i18n.language)}</span>
          </button>
        </li>
      ))}
      {folders.length === 0 && !pick && (
        <li className="px-2.5 py-1.5 text-ink-2 text-small">{t('folders.noFolders')}</li>
      )}
      {pick && files.length === 0 && (
        <li className="px-2.5 py-1.5 text-ink-2 text-small">{t('folders.noFiles', { ending: pick.ending })}</li>
      )}
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
