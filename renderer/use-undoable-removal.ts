import { useTranslation } from 'react-i18next';
import { failureText } from './messages/failure-text.ts';
import { useCall } from './rpc/use-call.ts';
import { useToasts } from './ui/toast.tsx';

/** What removes a thing of the person's, and what brings it back. */
const ways = {
  agent: { remove: 'agents.delete', restore: 'agents.restore' },
  collection: { remove: 'knowledge.remove', restore: 'knowledge.restore' },
  note: { remove: 'notes.delete', restore: 'notes.restore' },
  recipe: { remove: 'recipes.delete', restore: 'recipes.restore' },
  server: { remove: 'toolServers.remove', restore: 'toolServers.restore' },
} as const;

/**
 * Removes a thing at once and offers to take that back; says so where either does not work.
 * @returns takes its id and the sentence that says it is gone, and tells whether it is.
 */
export function useUndoableRemoval(kind: keyof typeof ways): (id: string, gone: string) => Promise<boolean> {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall(ways[kind].remove);
  const restore = useCall(ways[kind].restore);
  const undo = async (id: string): Promise<void> => {
    const outcome = await restore.run({ id });
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  return async (id, gone) => {
    const outcome = await remove.run({ id });
    toasts.show(
      outcome.isOk
        ? { text: gone, action: { label: t('ui.undo'), run: () => void undo(id) } }
        : { text: failureText(t, outcome.failure), status: 'bad' },
    );
    return outcome.isOk;
  };
}
