import { useTranslation } from 'react-i18next';
import type { CollectionView } from '../../../node-core/api/knowledge-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Removes a collection at once, and offers to take that back. */
export function useRemoveCollection() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall('knowledge.remove');
  const restore = useCall('knowledge.restore');
  const undo = async (id: string): Promise<void> => {
    const outcome = await restore.run({ id });
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  const run = async ({ id, name }: CollectionView): Promise<void> => {
    const outcome = await remove.run({ id });
    toasts.show(
      outcome.isOk
        ? {
            text: t('knowledge.removed', { name }),
            action: { label: t('ui.undo'), run: () => void undo(id) },
          }
        : { text: failureText(t, outcome.failure), status: 'bad' },
    );
  };
  return { run };
}
