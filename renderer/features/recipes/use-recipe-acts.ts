import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { RecipeView } from '../../../node-core/api/recipe-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { saveFile } from '../../save-file.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Saves a recipe as a file, and deletes one at once with an offer to take that back. */
export function useRecipeActs() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const read = useCall('recipes.export');
  const remove = useCall('recipes.delete');
  const restore = useCall('recipes.restore');
  const say = (failure: Failure) => toasts.show({ text: failureText(t, failure), status: 'bad' });
  const save = async ({ id }: RecipeView): Promise<void> => {
    const outcome = await read.run({ id });
    if (outcome.isOk) saveFile(outcome.value.fileName, [outcome.value.text], 'application/json');
    else say(outcome.failure);
  };
  const undo = async (id: string): Promise<void> => {
    const outcome = await restore.run({ id });
    if (!outcome.isOk) say(outcome.failure);
  };
  const discard = async ({ id, title }: RecipeView): Promise<void> => {
    const outcome = await remove.run({ id });
    if (!outcome.isOk) return say(outcome.failure);
    toasts.show({ text: t('recipes.deleted', { title }), action: { label: t('ui.undo'), run: () => void undo(id) } });
  };
  return { save, discard };
}
