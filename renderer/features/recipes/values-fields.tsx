import { useTranslation } from 'react-i18next';
import type { RecipeDraftView } from '../../../node-core/api/recipe-views.ts';
import { runValues } from '../../../node-core/protocol/recipes/template.ts';
import { Field, TextInput } from '../../ui/field.tsx';

interface ValuesFieldsProps {
  parameters: RecipeDraftView['parameters'];
  values: Readonly<Record<string, string>>;
  onChange: (values: Record<string, string>) => void;
}

/** One field for each parameter, checked as the node will check it. */
export function ValuesFields({ parameters, values, onChange }: ValuesFieldsProps) {
  const { t } = useTranslation();
  const { problems } = runValues(parameters, values);
  return parameters.map(({ name, type, value }) => {
    const problem = problems.get(name);
    return (
      <Field
        key={name}
        label={name}
        hint={type === 'text' ? undefined : t(`recipes.type.${type}`)}
        error={problem === undefined ? null : t(`recipes.valueProblem.${problem}`)}
      >
        <TextInput
          value={values[name] ?? value}
          onChange={(event) => onChange({ ...values, [name]: event.target.value })}
        />
      </Field>
    );
  });
}
