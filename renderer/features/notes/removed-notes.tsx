import { useTranslation } from 'react-i18next';
import type { NoteSummary } from '../../../node-core/api/notes-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** What was removed in the last 30 days, by the person or by an agent, and how to bring it back. */
export function RemovedNotes({ notes }: { readonly notes: readonly NoteSummary[] }) {
  const { t } = useTranslation();
  const restore = useCall('notes.restore');
  if (notes.length === 0) return null;
  return (
    <details className="mt-5">
      <summary className="cursor-pointer text-ink-2 text-small">{t('notes.removed', { count: notes.length })}</summary>
      <Card className="mt-2">
        <FailureNote failure={restore.failure} onDismiss={restore.clear} className="mb-2" />
        <ul className="divide-y divide-line">
          {notes.map(({ id, title, deletedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 first:pt-0 last:pb-0">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {title} {deletedAt !== null && <RelativeTime at={deletedAt} className="text-ink-2 text-tiny" />}
              </span>
              <Button size="sm" aria-label={t('notes.restoreOf', { title })} onClick={() => void restore.run({ id })}>
                {t('notes.restore')}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </details>
  );
}
