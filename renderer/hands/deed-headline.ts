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
  const folders = changes.filter(({ kind }) => kind === 'make-folder');
  // Folders that are made on the way stand in the list; the sentence is about what goes into them.
  const files = folders.length === changes.length ? changes : changes.filter(({ kind }) => kind !== 'make-folder');
  const [first] = files;
  if (!first || new Set(files.map(({ kind }) => kind)).size > 1) {
    return t('hands.headline.many.mixed', { count: changes.length, folder });
  }
  if (files.length === 1) return t(`hands.headline.one.${first.kind}`, { name: nameOf(first), folder });
  if (first.kind !== 'move' || folders.length === 0) {
    return t(`hands.headline.many.${first.kind}`, { count: files.length, folder });
  }
  return t('hands.headline.sort', {
    files: t('hands.fileCount', { count: files.length }),
    folders: t('hands.folderCount', { count: folders.length }),
    folder,
  });
}

const nameOf = (change: FilesDeed['changes'][number]): string =>
  exactName(lastName(change.kind === 'move' ? change.from : change.path));
