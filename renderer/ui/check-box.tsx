import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface CheckBoxProps {
  label: string;
  hint?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  disabled?: boolean | undefined;
}

/** One of several things that can be chosen together; brings its own label. */
export function CheckBox({ label, hint, isOn, onChange, disabled = false }: CheckBoxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <span className="relative mt-0.5 size-4.5 flex-none">
        <input
          id={id}
          type="checkbox"
          checked={isOn}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          className="peer size-4.5 cursor-pointer appearance-none rounded-[5px] border border-line-strong bg-surface transition-colors checked:border-accent checked:bg-accent disabled:opacity-50"
        />
        <Check
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 m-auto size-3! stroke-[3]! text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      <div className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="max-w-[60ch] text-pretty text-ink-2 text-small">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
