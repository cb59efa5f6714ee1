import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CollectionState, CollectionView } from '../../../node-core/api/knowledge-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { Progress } from '../../ui/progress.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

/** How far a collection is: a bar while it is read, else a sentence. */
export function CollectionProgress({ collection }: { collection: CollectionView }) {
  const { t, i18n } = useTranslation();
  const { state, name, files } = collection;
  if (state.kind === 'looking') {
    return (
      <div className="mt-2.5">
        <Progress
          label={t('knowledge.looking')}
          share={null}
          detail={t('knowledge.lookingDetail', { count: state.found })}
        />
      </div>
    );
  }
  if (state.kind === 'indexing') {
    const number = new Intl.NumberFormat(i18n.language);
    const share = state.totalBytes === 0 ? state.done / Math.max(1, state.total) : state.doneBytes / state.totalBytes;
    const detail = t('knowledge.indexingDetail', {
      done: number.format(state.done),
      total: number.format(state.total),
      doneSize: formatBytes(state.doneBytes, i18n.language),
      totalSize: formatBytes(state.totalBytes, i18n.language),
    });
    return (
      <div className="mt-2.5">
        <Progress label={t('knowledge.indexing', { name })} share={share} detail={detail} />
      </div>
    );
  }
  const { status, text } = restingState(t, state, files > 0);
  return (
    <p className="mt-1.5 flex items-start gap-2 text-small">
      <StatusGlyph status={status} className="mt-px" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
    </p>
  );
}

type Resting = Exclude<CollectionState, { kind: 'looking' | 'indexing' }>;

/** @param isRead there is something that was read and is kept */
function restingState(
  t: TFunction,
  state: Resting,
  isRead: boolean,
): { readonly status: Status; readonly text: string } {
  switch (state.kind) {
    case 'empty':
      return { status: 'none', text: t('knowledge.isEmpty') };
    case 'waiting':
      return { status: 'busy', text: t('knowledge.waiting') };
    case 'ready':
      return { status: 'ok', text: t(state.isWatched ? 'knowledge.isReady' : 'knowledge.isReadyUnwatched') };
    case 'paused':
      return { status: 'none', text: t('knowledge.isPaused') };
    case 'missing':
      return {
        status: 'warn',
        text: t(isRead ? 'knowledge.missing' : 'knowledge.missingUnread', { paths: state.paths.join(', ') }),
      };
    case 'failed':
      return { status: 'bad', text: t(`knowledge.failed.${state.reason}`) };
  }
}
