import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { CheckBox } from '../../ui/check-box.tsx';

interface KnowledgeFieldProps {
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Which collections of files an agent answers from; nothing is shown where there are none. */
export function KnowledgeField({ value, onChange }: KnowledgeFieldProps) {
  const { t } = useTranslation();
  const collections = useWatched('knowledge.watch', {}).value?.collections ?? [];
  const gone = value.filter((id) => !collections.some((collection) => collection.id === id));
  if (collections.length === 0 && gone.length === 0) return null;
  const choices = [
    ...collections.map(({ id, name, roots }) => ({ id, name, hint: roots.map(({ path }) => path).join(', ') })),
    ...gone.map((id) => ({ id, name: t('knowledge.gone'), hint: '' })),
  ];
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t('knowledge.title')}</legend>
      <p className="text-ink-2 text-small">{t('knowledge.titleHint')}</p>
      {choices.map(({ id, name, hint }) => (
        <CheckBox
          key={id}
          label={name}
          hint={hint === '' ? undefined : <span className="[overflow-wrap:anywhere]">{hint}</span>}
          isOn={value.includes(id)}
          onChange={(isOn) => onChange(isOn ? [...value, id] : value.filter((other) => other !== id))}
        />
      ))}
    </fieldset>
  );
}
