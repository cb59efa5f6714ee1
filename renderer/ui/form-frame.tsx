import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../node-core/api/failures.ts';
import { Button } from './button.tsx';
import { FailureNote } from './failure-note.tsx';

interface FormFrameProps {
  /** Name of the form, where the sheet around it does not say it. */
  label?: string | undefined;
  saveLabel: string;
  isSaving: boolean;
  /** It cannot be saved as it stands. */
  isDisabled?: boolean | undefined;
  /** Of the last attempt to save. */
  failure: Failure | null;
  onSave: (event: FormEvent<HTMLFormElement>) => void;
  onCancel: () => void;
  children: ReactNode;
}

/** A form in a sheet: its fields, and at the foot what went wrong, Save and Cancel. */
export function FormFrame(props: FormFrameProps) {
  const { label, saveLabel, isSaving, isDisabled = false, failure, onSave, onCancel, children } = props;
  const { t } = useTranslation();
  return (
    <form
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(event);
      }}
      className="flex flex-col gap-4"
    >
      {children}
      <FormFoot failure={failure}>
        <Button type="submit" variant="primary" isBusy={isSaving} disabled={isDisabled}>
          {saveLabel}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </FormFoot>
    </form>
  );
}

interface FormFootProps {
  failure: Failure | null;
  /** Buttons, the one that saves first. */
  children: ReactNode;
}

/** The foot of a long form in a sheet: stays in view while its fields scroll, so that nobody has to look for "Save". */
export function FormFoot({ failure, children }: FormFootProps) {
  return (
    <div className="-mx-6 -bottom-5 -mb-5 sticky z-10 grid gap-3 rounded-b-sheet border-line border-t bg-surface px-6 py-3.5">
      <FailureNote failure={failure} />
      <div className="flex flex-wrap gap-2.5">{children}</div>
    </div>
  );
}
