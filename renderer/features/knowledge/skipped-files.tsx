import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SkippedView } from '../../../node-core/api/knowledge-views.ts';

/** What of a collection is not read, and why. */
export function SkippedFiles({ skipped }: { skipped: readonly SkippedView[] }) {
  const { t } = useTranslation();
  const count = skipped.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return null;
  return (
    <details className="group/fold mt-1.5 text-small">
      <summary className="flex list-none items-center gap-1.5 rounded-control text-ink-2">
        <ChevronRight aria-hidden="true" className="size-3.5! transition-transform group-open/fold:rotate-90" />
        {t('knowledge.skippedTitle', { count })}
      </summary>
      <ul className="mt-1 grid gap-0.5 ps-5 text-ink-2">
        {skipped.map((each) => {
          const sentence = t(`knowledge.skipped.${each.reason}`, { count: each.count });
          const endings = each.endings.map((ending) => `.${ending}`).join(', ');
          return (
            <li key={each.reason} className="[overflow-wrap:anywhere]">
              {endings === '' ? sentence : t('knowledge.byEndings', { sentence, endings })}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
