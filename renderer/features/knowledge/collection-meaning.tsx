import { useTranslation } from 'react-i18next';
import { knowledgeLimits } from '../../../node-core/api/knowledge-limits.ts';
import type { CollectionView, KnowledgeView } from '../../../node-core/api/knowledge-views.ts';
import { Progress } from '../../ui/progress.tsx';

interface CollectionMeaningProps {
  collection: CollectionView;
  meaning: KnowledgeView['meaning'];
}

/** How a collection is searched: by words, or by meaning as well, and how much of it by now. */
export function CollectionMeaning({ collection, meaning }: CollectionMeaningProps) {
  const { t, i18n } = useTranslation();
  const { passages, embedded, isPaused } = collection;
  if (passages === 0) return null;
  if (meaning.model === null) return <p className="mt-1.5 text-ink-2 text-small">{t('knowledge.byWords')}</p>;
  const number = new Intl.NumberFormat(i18n.language);
  const most = Math.min(passages, knowledgeLimits.meanings);
  const detail = t('knowledge.meaningOf', { done: number.format(embedded), total: number.format(passages) });
  const isUnderWay = embedded < most && !isPaused && meaning.failure === null;
  return (
    <div className="mt-1.5 text-small">
      {isUnderWay ? (
        <Progress label={t('knowledge.byMeaning')} share={embedded / most} detail={detail} />
      ) : (
        <p className="text-ink-2">
          {embedded < passages ? `${t('knowledge.byMeaning')}: ${detail}` : `${t('knowledge.byMeaning')}.`}
        </p>
      )}
      {passages > most && (
        <p className="mt-0.5 text-ink-2">{t('knowledge.meaningMost', { most: number.format(most) })}</p>
      )}
    </div>
  );
}
