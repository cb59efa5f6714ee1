import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';

/** As long as a reason may be (trust-contract.ts). */
const mostReason = 200;

interface ReasonFormProps {
  label: string;
  hint: string;
  /** Why an empty reason is not taken; `null`: it is. */
  demand: string | null;
  confirmLabel: string;
  isBusy: boolean;
  failure: Failure | null;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
}

/** A reason that somebody else will read, and the two ways on. */
export function ReasonForm(props: ReasonFormProps) {
  const { label, hint, demand, confirmLabel, isBusy, failure, onConfirm, onCancel } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [wasTried, setTried] = useState(false);
  const isMissing = demand !== null && reason.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isMissing && !isBusy) onConfirm(reason.trim());
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label={label} hint={hint} error={wasTried && isMissing ? demand : null}>
        <TextInput value={reason} maxLength={mostReason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <FailureNote failure={failure} />
      <div className="flex flex-wrap justify-end gap-2.5">
        <Button disabled={isBusy} onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="danger" isBusy={isBusy}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
