import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../node-core/api/recipe-views.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { type EditedStep, moved } from './edited-recipe.ts';
import { useToolName } from './use-tool-name.ts';

interface StepsFieldProps {
  value: readonly EditedStep[];
  /** The step whose arguments cannot be read. */
  wrongKey: number | null;
  onChange: (value: readonly EditedStep[]) => void;
}

/** The steps in their order, each a card. */
export function StepsField({ value, wrongKey, onChange }: StepsFieldProps) {
  const { t } = useTranslation();
  const toolName = useToolName();
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-1 font-medium">{t('recipes.steps')}</legend>
      <ol className="flex flex-col gap-2.5">
        {value.map((edited, index) => (
          <li key={edited.key} className="flex flex-col gap-2.5 rounded-card border border-line px-3.5 py-2.5">
            <div className="flex flex-wrap items-center gap-1">
              <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">
                {index + 1}. {edited.step.kind === 'say' ? t('recipes.say') : toolName(edited.step.toolName)}
              </span>
              <Button
                variant="quiet"
                size="sm"
                icon={<ArrowUp />}
                label={t('recipes.up', { number: index + 1 })}
                disabled={index === 0}
                onClick={() => onChange(moved(value, index, -1))}
              />
              <Button
                variant="quiet"
                size="sm"
                icon={<ArrowDown />}
                label={t('recipes.down', { number: index + 1 })}
                disabled={index === value.length - 1}
                onClick={() => onChange(moved(value, index, 1))}
              />
              <Button
                variant="quiet"
                size="sm"
                icon={<Trash2 />}
                label={t('recipes.removeStep', { number: index + 1 })}
                disabled={value.length === 1}
                onClick={() => onChange(value.filter(({ key }) => key !== edited.key))}
              />
            </div>
            <StepFields
              edited={edited}
              isWrong={edited.key === wrongKey}
              onChange={(next) => onChange(value.with(index, next))}
            />
          </li>
        ))}
      </ol>
    </fieldset>
  );
}

interface StepFieldsProps {
  edited: EditedStep;
  isWrong: boolean;
  onChange: (edited: EditedStep) => void;
}

function StepFields({ edited, isWrong, onChange }: StepFieldsProps) {
  const { t } = useTranslation();
  const { step } = edited;
  const change = (next: StepView) => onChange({ ...edited, step: next });
  if (step.kind === 'say') {
    return (
      <>
        <Choices
          legend={t('recipes.sayHow')}
          options={[
            { value: 'model', label: t('recipes.sayModel') },
            { value: 'template', label: t('recipes.sayTemplate') },
          ]}
          value={step.how}
          onChange={(how) => change({ ...step, how })}
        />
        <Field label={t(step.how === 'model' ? 'recipes.sayInstruction' : 'recipes.sayText')}>
          <TextArea rows={2} value={step.text} onChange={(event) => change({ ...step, text: event.target.value })} />
        </Field>
      </>
    );
  }
  return (
    <>
      {step.purpose !== '' && <p className="text-ink-2 text-small">{step.purpose}</p>}
      <Choices
        legend={t('recipes.decideHow')}
        options={[
          { value: 'tool', label: t('recipes.asBefore') },
          { value: 'decide', label: t('recipes.byModel') },
        ]}
        value={step.kind}
        onChange={(kind) => change({ ...step, kind })}
      />
      <Arguments edited={edited} isWrong={isWrong} onChange={onChange} />
    </>
  );
}

/** What a tool is given, folded: few people want to read it, and nobody has to. Open where it cannot be read. */
function Arguments({ edited, isWrong, onChange }: StepFieldsProps) {
  const { t } = useTranslation();
  const label = t(edited.step.kind === 'decide' ? 'recipes.example' : 'recipes.arguments');
  return (
    <details open={isWrong || undefined}>
      <summary className="w-fit rounded-control text-ink-2 text-small hover:text-ink">{label}</summary>
      <Field label={label} isLabelHidden error={isWrong ? t('recipes.noJson') : null} className="mt-1.5">
        <TextArea
          dir="ltr"
          spellCheck={false}
          className="font-mono text-tiny"
          rows={3}
          value={edited.argumentsText}
          onChange={(event) => onChange({ ...edited, argumentsText: event.target.value })}
        />
      </Field>
    </details>
  );
}
