import { useTranslation } from 'react-i18next';
import type { NoteView } from '../../../node-core/api/notes-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Deletes a note at once, and offers to take that back. */
export function useDeleteNote() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall('notes.delete');
  const restore = useCall('notes.restore');
  const undo = async (id: string): Promise<void> => {
    const outcome = await restore.run({ id });
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  /** Whether it is deleted now. */
  const run = async ({ id, title }: Pick<NoteView, 'id' | 'title'>): Promise<boolean> => {
    const outcome = await remove.run({ id });
    if (!outcome.isOk) return false;
    toasts.show({
      text: t('notes.deleted', { title }),
      action: { label: t('ui.undo'), run: () => void undo(id) },
    });
    return true;
  };
  return { run, failure: remove.failure };
}
