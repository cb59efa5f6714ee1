import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecipeDraftView } from '../../../node-core/api/recipe-views.ts';
import { parameterTypes } from '../../../node-core/protocol/recipes/recipe.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Select, TextInput } from '../../ui/field.tsx';

type Parameter = RecipeDraftView['parameters'][number];

interface ParametersFieldProps {
  value: readonly Parameter[];
  onChange: (value: Parameter[]) => void;
}

/** What can be another thing each time. */
export function ParametersField({ value, onChange }: ParametersFieldProps) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<Parameter>) =>
    onChange(value.map((each, place) => (place === index ? { ...each, ...part } : each)));
  const add = () => onChange([...value, { name: `value_${value.length + 1}`, type: 'text', value: '' }]);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t('recipes.parameters')}</legend>
      <p className="text-ink-2 text-small">{t('recipes.parametersHint')}</p>
      {value.map((parameter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is written
        <div key={index} className="grid grid-cols-[1fr_auto] items-end gap-2 sm:grid-cols-[1fr_9.5rem_2fr_auto]">
          <Field label={t('recipes.parameterName')}>
            <TextInput
              maxLength={40}
              value={parameter.name}
              onChange={(event) => change(index, { name: event.target.value })}
            />
          </Field>
          <Field label={t('recipes.parameterType')}>
            <Select
              value={parameter.type}
              onChange={(event) =>
                change(index, { type: parameterTypes.find((type) => type === event.target.value) ?? 'text' })
              }
            >
              {parameterTypes.map((type) => (
                <option key={type} value={type}>
                  {t(`recipes.type.${type}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('recipes.parameterValue')}>
            <TextInput value={parameter.value} onChange={(event) => change(index, { value: event.target.value })} />
          </Field>
          <Button
            variant="quiet"
            icon={<Trash2 />}
            label={t('recipes.removeParameter', { name: parameter.name })}
            onClick={() => onChange(value.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <div>
        <Button size="sm" icon={<Plus />} onClick={add}>
          {t('recipes.addParameter')}
        </Button>
      </div>
    </fieldset>
  );
}
