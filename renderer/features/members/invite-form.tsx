import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedInvite } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, Switch, TextInput } from '../../ui/field.tsx';

/** How long an invite can be good for, s. */
const durations = { hour: 3_600, day: 24 * 3_600, week: 7 * 24 * 3_600 } as const;
type Duration = keyof typeof durations;
/** How often at most (trust-views.ts). */
const mostUses = 1_000;

interface InviteFormProps {
  /** Only those that central vouches for can take others in. */
  isCentral: boolean;
  onMade: (made: CreatedInvite) => void;
  onCancel: () => void;
}

/** For how long and how often an invite is good, and whether whoever uses it may take others in. */
export function InviteForm({ isCentral, onMade, onCancel }: InviteFormProps) {
  const { t } = useTranslation();
  const create = useCall('authority.createInvite');
  const [duration, setDuration] = useState<Duration>('day');
  const [uses, setUses] = useState('1');
  const [mayIssue, setMayIssue] = useState(false);
  const isShown = useIsShown();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isCount(uses) || create.isRunning) return;
    const order = { tier: null, uses: Number(uses), expiresInSeconds: durations[duration], mayIssue };
    const outcome = await create.run(order);
    // An invite that was made after the form was closed stands in the list, without its secret.
    if (outcome.isOk && isShown.current) onMade(outcome.value);
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <UsesField value={uses} onChange={setUses} />
      <DurationChoice value={duration} onChange={setDuration} />
      {isCentral && (
        <Switch label={t('members.mayIssue')} hint={t('members.mayIssueHint')} isOn={mayIssue} onChange={setMayIssue} />
      )}
      <FailureNote failure={create.failure} onDismiss={create.clear} />
      <div className="flex flex-wrap justify-end gap-2.5">
        <Button disabled={create.isRunning} onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="primary" isBusy={create.isRunning}>
          {t('members.create')}
        </Button>
      </div>
    </form>
  );
}

/** Whether the component is still there, for what comes later. */
function useIsShown() {
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}

/** Whether what was typed is a number of uses that an invite can have. */
function isCount(text: string): boolean {
  const count = Number(text);
  return Number.isInteger(count) && count >= 1 && count <= mostUses;
}

interface PartProps<T> {
  value: T;
  onChange: (value: T) => void;
}

function DurationChoice({ value, onChange }: PartProps<Duration>) {
  const { t } = useTranslation();
  const options = [
    { value: 'hour', label: t('members.hour') },
    { value: 'day', label: t('members.day') },
    { value: 'week', label: t('members.week') },
  ] as const;
  return <Choices legend={t('members.goodFor')} value={value} onChange={onChange} options={options} />;
}

function UsesField({ value, onChange }: PartProps<string>) {
  const { t } = useTranslation();
  return (
    <Field
      label={t('members.uses')}
      hint={t('members.usesHint')}
      error={isCount(value) ? null : t('members.usesWrong', { most: mostUses })}
    >
      <TextInput
        inputMode="numeric"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="max-w-28"
      />
    </Field>
  );
}
