import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

interface ChoicesProps<T extends string> {
  /** What is chosen. */
  legend: string;
  isLegendHidden?: boolean | undefined;
  options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
  disabled?: boolean | undefined;
}

/** One of a few that exclude each other, all in view. Arrow keys move the choice. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { legend, isLegendHidden = false, options, value, onChange, disabled = false } = props;
  const name = useId();
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className={isLegendHidden ? 'sr-only' : 'mb-1 font-medium'}>{legend}</legend>
      <div className="inline-flex max-w-full flex-wrap gap-1 rounded-[10px] border border-line bg-sunken p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              'relative inline-flex min-h-7 cursor-pointer select-none items-center gap-1.5 rounded-[7px] px-3 py-0.5',
              'text-ink-2 text-small transition-colors hover:text-ink has-checked:bg-surface has-checked:font-medium',
              'has-checked:text-ink has-checked:shadow-near has-focus-visible:outline-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
