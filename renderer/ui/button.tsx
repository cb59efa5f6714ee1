import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

/** `primary`: the one thing to do here. `danger`: takes something away. */
type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  variant?: ButtonVariant | undefined;
  size?: 'sm' | 'md' | undefined;
  /** A lucide icon, before the text. */
  icon?: ReactNode;
  /** Name of a button that shows its icon alone; also its tooltip. */
  label?: string | undefined;
  /** Keys that do the same, shown in the tooltip. */
  shortcut?: string | undefined;
  /** The work it started still runs: it turns, and does not start it again. */
  isBusy?: boolean | undefined;
  children?: ReactNode;
}

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: 'bg-accent border-accent text-on-accent enabled:hover:bg-accent-strong enabled:hover:border-accent-strong',
  secondary: 'bg-surface border-line text-ink shadow-near enabled:hover:bg-sunken',
  quiet: 'bg-transparent border-transparent text-ink-2 enabled:hover:bg-sunken enabled:hover:text-ink',
  danger: 'bg-surface border-line text-bad shadow-near enabled:hover:bg-bad-soft enabled:hover:border-bad',
};

const sizes = { sm: 'min-h-7 px-2 py-0.5 text-small gap-1.5', md: 'min-h-9 px-3 py-1.5 text-base gap-2' } as const;
const squares = { sm: 'size-7', md: 'size-9' } as const;

/** A button. With `label` and no children it is an icon with a name and a tooltip. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'md', icon, label, shortcut, isBusy = false, children, ...rest } = props;
  const { className, disabled, onClick, ...attributes } = rest;
  const isIcon = label !== undefined && children === undefined;
  const button = (
    <button
      type="button"
      {...attributes}
      aria-label={label ?? attributes['aria-label']}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || attributes['aria-disabled'] || undefined}
      disabled={disabled}
      onClick={isBusy ? undefined : onClick}
      className={classes(
        'inline-flex flex-none items-center justify-center rounded-control border font-medium select-none',
        'transition-colors disabled:cursor-default disabled:opacity-50 aria-disabled:cursor-progress',
        variants[variant],
        isIcon ? squares[size] : sizes[size],
        className,
      )}
    >
      {isBusy ? <Spinner /> : icon}
      {children !== undefined && <span className="min-w-0">{children}</span>}
    </button>
  );
  return isIcon ? (
    <Tooltip label={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
