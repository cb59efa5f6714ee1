import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView } from '../../../node-core/api/recipe-views.ts';
import { runValues } from '../../../node-core/protocol/recipes/template.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useScreen } from '../../screen.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFrame } from '../../ui/form-frame.tsx';
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
  const submit = async () => {
    if (!isReady) return;
    const outcome = await run.run({ id: recipe.id, values, conversationId: null });
    if (!outcome.isOk) return;
    onClose();
    show({ kind: 'chat', conversationId: outcome.value.conversationId });
  };
  return (
    <FormFrame
      label={t('recipes.runForm')}
      saveLabel={t('recipes.run')}
      isSaving={run.isRunning}
      isDisabled={!isReady}
      failure={run.failure}
      onSave={() => void submit()}
      onCancel={onClose}
    >
      <ValuesFields parameters={recipe.parameters} values={values} onChange={setValues} />
    </FormFrame>
  );
}
