import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView } from '../../../node-core/api/recipe-views.ts';
import { runValues } from '../../../node-core/protocol/recipes/template.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { ValuesFields } from './values-fields.tsx';

interface RunDialogProps {
  recipe: RecipeView | null;
  onClose: () => void;
}

/** Asks for what is another thing this time, and runs the recipe in a new chat. */
export function RunDialog({ recipe, onClose }: RunDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={recipe !== null}
      isForm
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('recipes.runTitle', { title: recipe?.title ?? '' })}
      description={t('recipes.runHint')}
    >
      {recipe !== null && <RunForm recipe={recipe} onClose={onClose} />}
    </Dialog>
  );
}

function RunForm({ recipe, onClose }: { recipe: RecipeView; onClose: () => void }) {
  const { t } = useTranslation();
  const run = useCall('recipes.run');
  const show = useScreen((state) => state.show);
  const [values, setValues] = useState<Record<string, string>>({});
  const isReady = runValues(recipe.parameters, values).problems.size === 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const outcome = await run.run({ id: recipe.id, values, conversationId: null });
    if (!outcome.isOk) return;
    onClose();
    show({ kind: 'chat', conversationId: outcome.value.conversationId });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4" aria-label={t('recipes.runForm')}>
      <ValuesFields parameters={recipe.parameters} values={values} onChange={setValues} />
      <FailureNote failure={run.failure} />
      <div className="flex flex-wrap gap-2.5">
        <Button type="submit" variant="primary" isBusy={run.isRunning} disabled={!isReady}>
          {t('recipes.run')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}
