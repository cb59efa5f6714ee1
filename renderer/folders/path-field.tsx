import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';

interface PathFieldProps {
  readonly path: string;
  readonly onOpen: (path: string) => void;
}

/** A folder by its path: for another disk, or one that is hidden. */
export function PathField({ path, onOpen }: PathFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(path);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog may stand in another form, which would take this for its own.
    event.stopPropagation();
    if (text.trim() !== '') onOpen(text.trim());
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field label={t('folders.path')} className="flex-1">
        <TextInput
          value={text}
          dir="ltr"
          spellCheck={false}
          maxLength={4096}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button type="submit">{t('folders.open')}</Button>
    </form>
  );
}
