import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minPassphraseChars } from '../../../../node-core/api/key-views.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, PasswordInput } from '../../../ui/field.tsx';

interface NewPassphraseFormProps {
  /** What the button does. */
  label: string;
  isBusy: boolean;
  onSubmit: (passphrase: string) => void;
}

/** Asks for a new passphrase, twice, because a slip would be noticed only when it is needed. */
export function NewPassphraseForm({ label, isBusy, onSubmit }: NewPassphraseFormProps) {
  const { t } = useTranslation();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [isJudged, setJudged] = useState(false);
  const isShort = first.length < minPassphraseChars;
  const isOther = first !== second;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (!isShort && !isOther) onSubmit(first);
  };
  return (
    <form onSubmit={submit} className="flex max-w-96 flex-col gap-3.5">
      <Field
        label={t('keys.newPassphrase')}
        hint={t('keys.passphraseHint', { count: minPassphraseChars })}
        error={isJudged && isShort ? t('keys.passphraseShort', { count: minPassphraseChars }) : null}
      >
        <PasswordInput value={first} onChange={(event) => setFirst(event.target.value)} autoComplete="new-password" />
      </Field>
      <Field
        label={t('keys.repeat')}
        hint={t('keys.passphraseLost')}
        error={isJudged && !isShort && isOther ? t('keys.repeatWrong') : null}
      >
        <PasswordInput value={second} onChange={(event) => setSecond(event.target.value)} autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" isBusy={isBusy} className="self-start">
        {label}
      </Button>
    </form>
  );
}
