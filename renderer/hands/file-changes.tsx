import {
  ArrowRight,
  ChevronRight,
  FilePen,
  FilePlus2,
  FileX2,
  FolderInput,
  FolderPlus,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../node-core/api/hands-views.ts';
import { formatBytes } from '../messages/numbers.ts';
import { Button } from '../ui/button.tsx';
import { countLines, diffLines } from './diff-lines.ts';
import { DiffView } from './diff-view.tsx';
import { lastName, pathBelow } from './path-names.ts';
import { PathText } from './path-text.tsx';

type FilesDeed = Extract<DeedView, { kind: 'change-files' }>;
type FileChange = FilesDeed['changes'][number];

/** Changes that are shown before the person asks for all. */
const firstChanges = 10;
/** Up to this many, their differences are open from the start. */
const mostOpen = 3;

const icons: Readonly<Record<FileChange['kind'], LucideIcon>> = {
  create: FilePlus2,
  rewrite: FilePen,
  move: FolderInput,
  'make-folder': FolderPlus,
  remove: FileX2,
};

interface FileChangesProps {
  readonly deed: FilesDeed;
  /** It is to be decided about: short lists show their differences at once, and what can be undone is said. */
  readonly isOpen: boolean;
}

/** Every change to a file that a deed makes: paths without the folder they share, new content as a difference. */
export function FileChanges({ deed: { folder, changes }, isOpen }: FileChangesProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? changes : changes.slice(0, firstChanges);
  return (
    <div className="grid gap-2">
      <p className="text-ink-2 text-small">
        {t('hands.inFolder')} <PathText path={folder} className="text-ink" />
      </p>
      <ul className="grid min-w-0 divide-y divide-line rounded-control border border-line">
        {shown.map((change, place) => (
          // The changes of a deed are fixed once it is planned.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place} className="min-w-0 px-2.5 py-1.5">
            <OneChange change={change} folder={folder} isOpen={isOpen && changes.length <= mostOpen} />
          </li>
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button size="sm" className="justify-self-start" onClick={() => setWhole(true)}>
          {t('hands.showAllChanges', { count: changes.length })}
        </Button>
      )}
      {isOpen && changes.some(({ kind }) => kind === 'remove') && (
        <p className="text-ink-2 text-small">{t('hands.removedKept')}</p>
      )}
    </div>
  );
}

interface OneChangeProps {
  readonly change: FileChange;
  readonly folder: string;
  readonly isOpen: boolean;
}

function OneChange({ change, folder, isOpen }: OneChangeProps) {
  const { t } = useTranslation();
  const Icon = icons[change.kind];
  const line = (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="inline-flex items-center gap-1.5 text-ink-2 text-small">
        <Icon aria-hidden="true" />
        {t(`hands.change.${change.kind}`)}
      </span>
      <ChangedPath change={change} folder={folder} />
      <ChangeSize change={change} />
    </span>
  );
  if (change.kind !== 'create' && change.kind !== 'rewrite') return line;
  if (change.diff === '') return line;
  return (
    <details open={isOpen} className="group/diff">
      <summary className="flex list-none items-center gap-2 rounded-control">
        {line}
        <ChevronRight
          aria-hidden="true"
          className="text-ink-3 transition-transform group-open/diff:rotate-90 rtl:-scale-x-100 rtl:group-open/diff:-rotate-90"
        />
      </summary>
      <div className="mt-1.5 mb-1">
        <DiffView diff={change.diff} name={lastName(change.path)} />
      </div>
    </details>
  );
}

function ChangedPath({ change, folder }: Omit<OneChangeProps, 'isOpen'>) {
  const { t } = useTranslation();
  if (change.kind !== 'move') return <PathText path={pathBelow(folder, change.path)} className="text-small" />;
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2">
      <PathText path={pathBelow(folder, change.from)} className="text-small" />
      <ArrowRight role="img" aria-label={t('hands.movesTo')} className="text-ink-3 rtl:-scale-x-100" />
      <PathText path={pathBelow(folder, change.to)} className="text-small" />
    </span>
  );
}

function ChangeSize({ change }: { readonly change: FileChange }) {
  const { t, i18n } = useTranslation();
  if (change.kind === 'remove') return <Tiny>{formatBytes(change.sizeBytes, i18n.language)}</Tiny>;
  if (change.kind !== 'create' && change.kind !== 'rewrite') return null;
  const { added, removed } = countLines(diffLines(change.diff));
  return (
    <Tiny>
      {formatBytes(change.sizeBytes, i18n.language)} · {t('hands.linesChanged', { added, removed })}
    </Tiny>
  );
}

function Tiny({ children }: { readonly children: React.ReactNode }) {
  return <span className="whitespace-nowrap text-ink-3 text-tiny">{children}</span>;
}
