import type { TFunction } from 'i18next';
import type { DeedView } from '../../node-core/api/hands-views.ts';
import { exactName } from './exact-pieces.ts';
import { lastName } from './path-names.ts';

type FilesDeed = Extract<DeedView, { kind: 'change-files' }>;

/** What a deed does, as one short sentence that names its object: never just "allow". */
export function deedHeadline(t: TFunction, deed: DeedView): string {
  switch (deed.kind) {
    case 'change-files':
      return filesHeadline(t, deed);
    case 'fetch-page':
      return t('hands.headline.page', { host: exactName(deed.host) });
    case 'run-command':
      return t('hands.headline.command');
    case 'call-server':
      return t('hands.headline.server', { tool: exactName(deed.toolName), server: exactName(deed.serverName) });
  }
}

function filesHeadline(t: TFunction, { folder: path, changes }: FilesDeed): string {
  const folder = exactName(lastName(path));
  const [first] = changes;
  if (first && changes.length === 1) {
    const changed = first.kind === 'move' ? first.from : first.path;
    return t(`hands.headline.one.${first.kind}`, { name: exactName(lastName(changed)), folder });
  }
  const kinds = new Set(changes.map(({ kind }) => kind));
  if (first && kinds.size === 1) return t(`hands.headline.many.${first.kind}`, { count: changes.length, folder });
  const isSorting = [...kinds].every((kind) => kind === 'move' || kind === 'make-folder');
  if (!isSorting || changes.length === 0) return t('hands.headline.many.mixed', { count: changes.length, folder });
  const moves = changes.filter(({ kind }) => kind === 'move').length;
  return t('hands.headline.sort', {
    files: t('hands.fileCount', { count: moves }),
    folders: t('hands.folderCount', { count: changes.length - moves }),
    folder,
  });
}
