import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordInput, TextInput } from '../../ui/field.tsx';
import type { NamedValue } from './server-draft.ts';

interface NamedValuesProps {
  legend: string;
  hint: string;
  values: readonly NamedValue[];
  onChange: (values: readonly NamedValue[]) => void;
}

/** Names with secret values: environment variables, headers. */
export function NamedValues({ legend, hint, values, onChange }: NamedValuesProps) {
  const { t } = useTranslation();
  const change = (key: number, part: Partial<NamedValue>) =>
    onChange(values.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const add = () => {
    const key = Math.max(-1, ...values.map((each) => each.key)) + 1;
    onChange([...values, { key, name: '', value: '', isKept: false }]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{legend}</legend>
      {values.map(({ key, name, value, isKept }) => (
        <div key={key} className="flex items-end gap-2">
          <Field label={t('servers.valueName')} className="flex-1">
            <TextInput
              value={name}
              readOnly={isKept}
              spellCheck={false}
              autoCapitalize="off"
              className="font-mono"
              onChange={(event) => change(key, { name: event.target.value })}
            />
          </Field>
          <Field label={t('servers.valueOf')} className="flex-1">
            <PasswordInput
              value={value}
              placeholder={isKept ? t('servers.valueKept') : ''}
              onChange={(event) => change(key, { value: event.target.value })}
            />
          </Field>
          <Button
            variant="quiet"
            icon={<X />}
            label={t('servers.removeValue', { name })}
            onClick={() => onChange(values.filter((each) => each.key !== key))}
          />
        </div>
      ))}
      <div>
        <Button size="sm" icon={<Plus />} onClick={add} aria-label={`${t('servers.addValue')}: ${legend}`}>
          {t('servers.addValue')}
        </Button>
      </div>
      <p className="max-w-[68ch] text-pretty text-ink-2 text-small">{hint}</p>
    </fieldset>
  );
}
