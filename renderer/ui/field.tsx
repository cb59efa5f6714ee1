import { ChevronDown, Eye, EyeOff } from 'lucide-react';
import { Switch as RadixSwitch } from 'radix-ui';
import { type ComponentProps, createContext, type ReactNode, useContext, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classes } from './classes.ts';

interface FieldTie {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
}

const FieldContext = createContext<FieldTie | null>(null);

interface FieldProps {
  label: string;
  /** What belongs here, or what it does. */
  hint?: ReactNode;
  /** Why what stands here cannot be taken, as a sentence. */
  error?: string | null | undefined;
  /** The label is read out but not shown. */
  isLabelHidden?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A label, one control of this file, and what is to be said about it; ties them together for screen readers. */
export function Field({ label, hint, error, isLabelHidden = false, className, children }: FieldProps) {
  const id = useId();
  const hasError = error !== undefined && error !== null;
  const describedBy = [hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'self-start font-medium'}>
        {label}
      </label>
      <FieldContext value={{ id, describedBy: describedBy || undefined, isWrong: hasError }}>{children}</FieldContext>
      {hasError && (
        <p id={`${id}-error`} role="alert" className="text-bad text-small">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="max-w-[68ch] text-pretty text-ink-2 text-small">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What a control takes over from the Field around it; its own attributes win. */
function useFieldTie(): Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'aria-invalid'> {
  const tie = useContext(FieldContext);
  if (!tie) return {};
  return { id: tie.id, 'aria-describedby': tie.describedBy, 'aria-invalid': tie.isWrong || undefined };
}

const box = classes(
  'w-full min-w-0 rounded-control border border-line-strong bg-surface px-3 text-base text-ink transition-colors',
  'focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60',
  'aria-invalid:border-bad',
);

/** One line of text. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input type="text" {...useFieldTie()} {...rest} className={classes(box, 'h-9 read-only:bg-sunken', className)} />
  );
}

/** Several lines of text; grows with what is written. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={4}
      {...(useFieldTie() as ComponentProps<'textarea'>)}
      {...rest}
      className={classes(box, 'field-sizing-content max-h-96 min-h-20 resize-y py-2', className)}
    />
  );
}

/** Choice of one from a list; children are `option` and `optgroup`. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={classes('relative block w-full min-w-0', className)}>
      <select
        {...(useFieldTie() as ComponentProps<'select'>)}
        {...rest}
        className={classes(box, 'picker h-9 truncate pe-9')}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute end-2.5 top-1/2 text-ink-3"
      />
    </span>
  );
}

/** A secret that can be looked at. Never filled in or kept by the browser. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <span className={classes('relative block w-full', className)}>
      <input
        autoComplete="off"
        spellCheck={false}
        {...useFieldTie()}
        {...rest}
        type={isShown ? 'text' : 'password'}
        className={classes(box, 'h-9 pe-10 font-mono')}
      />
      <span className="absolute end-1 top-1">
        <Button
          variant="quiet"
          size="sm"
          icon={isShown ? <EyeOff /> : <Eye />}
          label={t(isShown ? 'ui.hideSecret' : 'ui.showSecret')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      </span>
    </span>
  );
}

interface SwitchProps {
  label: string;
  hint?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  disabled?: boolean | undefined;
}

/** Something that is on or off and takes effect at once; brings its own label. */
export function Switch({ label, hint, isOn, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="max-w-[60ch] text-pretty text-ink-2 text-small">
            {hint}
          </p>
        )}
      </div>
      <RadixSwitch.Root
        id={id}
        checked={isOn}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="relative mt-0.5 h-5 w-9 flex-none rounded-full border border-line-strong bg-sunken transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <RadixSwitch.Thumb className="ms-[3px] block size-3 rounded-full bg-line-strong transition-all data-[state=checked]:ms-[17px] data-[state=checked]:size-3.5 data-[state=checked]:bg-on-accent" />
      </RadixSwitch.Root>
    </div>
  );
}
