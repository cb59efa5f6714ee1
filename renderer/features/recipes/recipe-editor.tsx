import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { RecipeDraftView } from '../../../node-core/api/recipe-views.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Field, Select, TextArea, TextInput } from '../../ui/field.tsx';
import { FormFrame } from '../../ui/form-frame.tsx';
import { type EditedRecipe, type FinishedEdit, fromEdited, toEdited } from './edited-recipe.ts';
import { ParametersField } from './parameters-field.tsx';
import { StepsField } from './steps-field.tsx';

interface RecipeEditorProps {
  initial: RecipeDraftView;
  saveLabel: string;
  isSaving: boolean;
  failure: Failure | null;
  onSave: (draft: RecipeDraftView) => void;
  onCancel: () => void;
}

/** What a recipe is: its job, what can be another thing each time, and its steps in their order. */
export function RecipeEditor({ initial, saveLabel, isSaving, failure, onSave, onCancel }: RecipeEditorProps) {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {});
  const [edited, setEdited] = useState<EditedRecipe>(() => toEdited(initial));
  const [problem, setProblem] = useState<Exclude<FinishedEdit, { kind: 'draft' }> | null>(null);
  const { draft, steps } = edited;
  const change = (part: Partial<EditedRecipe['draft']>) =>
    setEdited((before) => ({ ...before, draft: { ...before.draft, ...part } }));
  const submit = () => {
    const finished = fromEdited(edited);
    setProblem(finished.kind === 'draft' ? null : finished);
    if (finished.kind === 'draft') onSave(finished.draft);
  };
  const all = (agents.value ?? []).filter(({ engine }) => engine === 'model');
  return (
    <FormFrame
      label={t('recipes.form')}
      saveLabel={saveLabel}
      isSaving={isSaving}
      failure={failure}
      onSave={submit}
      onCancel={onCancel}
    >
      <Field label={t('recipes.name')}>
        <TextInput maxLength={120} value={draft.title} onChange={(event) => change({ title: event.target.value })} />
      </Field>
      <Field label={t('recipes.agent')} hint={t('recipes.agentHint')}>
        <Select value={draft.agentId} onChange={(event) => change({ agentId: event.target.value })}>
          {!all.some(({ id }) => id === draft.agentId) && (
            <option value={draft.agentId}>{t('recipes.agentGone')}</option>
          )}
          {all.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('recipes.job')} hint={t('recipes.jobHint')}>
        <TextArea rows={2} value={draft.job} onChange={(event) => change({ job: event.target.value })} />
      </Field>
      <ParametersField value={draft.parameters} onChange={(parameters) => change({ parameters })} />
      <StepsField
        value={steps}
        wrongKey={problem?.kind === 'arguments' ? problem.key : null}
        onChange={(next) => setEdited((before) => ({ ...before, steps: next }))}
      />
      {problem?.kind === 'field' && (
        <p role="alert" className="text-bad text-small">
          {t('recipes.problem', { field: problem.field })}
        </p>
      )}
    </FormFrame>
  );
}
