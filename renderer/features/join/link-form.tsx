import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readJoinLink } from '../../../node-core/protocol/trust/join-link.ts';
import { failureText } from '../../messages/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { linkInText } from './link-in-text.ts';

interface LinkFormProps {
  readonly onLink: (link: string) => void;
  readonly className?: string;
}

/** Takes an invite link, or the address of a page with one, and says what is wrong with anything else. */
export function LinkForm({ onLink, className }: LinkFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const link = linkInText(text);
    const reading = readJoinLink(text);
    if (link !== null) onLink(link);
    else if (reading.kind === 'refused') {
      setError(failureText(t, { kind: 'link-invalid', defect: reading.defect, reason: '' }));
    }
  };
  return (
    <form onSubmit={submit} className={classes('flex flex-wrap items-start gap-2.5', className)}>
      <Field
        label={t('join.link')}
        hint={t('join.linkHint')}
        error={error}
        className="min-w-[min(14rem,100%)] flex-1 max-sm:basis-full"
      >
        <TextInput
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </Field>
      <Button type="submit" variant="primary" disabled={text.trim() === ''} className="sm:mt-[25px]">
        {t('join.continue')}
      </Button>
    </form>
  );
}
