import { useTranslation } from 'react-i18next';
import type { NoteVersion } from '../../../node-core/api/notes-views.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWriterName } from './writer-name.ts';

interface VersionListProps {
  versions: readonly NoteVersion[];
  /** Puts an earlier version into the form; it counts when it is saved. */
  onTake: (version: NoteVersion) => void;
}

/** What the note was before, newest first. */
export function VersionList({ versions, onTake }: VersionListProps) {
  const { t } = useTranslation();
  if (versions.length === 0) return null;
  return (
    <details className="mt-6">
      <summary className="cursor-pointer text-ink-2 text-small">
        {t('notes.versions', { count: versions.length })}
      </summary>
      <Card className="mt-2">
        <ul className="divide-y divide-line">
          {versions.map((version) => (
            <VersionRow key={version.revision} version={version} onTake={() => onTake(version)} />
          ))}
        </ul>
      </Card>
    </details>
  );
}

function VersionRow({ version, onTake }: { readonly version: NoteVersion; readonly onTake: () => void }) {
  const { t } = useTranslation();
  const writer = useWriterName(version.writtenBy);
  return (
    <li className="py-2.5 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-small">
          {writer} · <RelativeTime at={version.at} />
        </span>
        <Button size="sm" onClick={onTake}>
          {t('notes.takeVersion')}
        </Button>
      </div>
      <pre className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap rounded-control bg-sunken px-2.5 py-2 text-tiny [overflow-wrap:anywhere]">
        {version.text === '' ? t('notes.noText') : version.text}
      </pre>
    </li>
  );
}
