import { type ReactNode, useId } from 'react';

interface RadioCardsProps<T extends string> {
  legend: string;
  options: readonly { readonly value: T; readonly label: string; readonly hint?: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
  disabled?: boolean | undefined;
}

/** One of a few ways, each with what it leads to. Arrow keys move the choice. */
export function RadioCards<T extends string>({ legend, options, value, onChange, disabled }: RadioCardsProps<T>) {
  const id = useId();
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex cursor-pointer items-start gap-3 rounded-card border border-line px-3.5 py-2.5 transition-colors has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={`${id}-${option.value}`}
            className="mt-0.5 size-4.5 flex-none cursor-pointer appearance-none rounded-full border border-line-strong bg-surface outline-none checked:border-[5px] checked:border-accent"
          />
          <span className="min-w-0">
            <span className="block font-medium">{option.label}</span>
            <span id={`${id}-${option.value}`} className="block text-ink-2 text-small">
              {option.hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
