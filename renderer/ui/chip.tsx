import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';

type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'border-line bg-surface text-ink-2',
  accent: 'border-transparent bg-accent-soft text-accent',
  ok: 'border-transparent bg-ok-soft text-ok',
  warn: 'border-transparent bg-warn-soft text-warn',
  bad: 'border-transparent bg-bad-soft text-bad',
};

const shape = 'inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-full border px-2.5 py-px text-small';

interface ChipProps {
  tone?: Tone | undefined;
  icon?: ReactNode;
  title?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A small fact. */
export function Chip({ tone = 'neutral', icon, title, className, children }: ChipProps) {
  return (
    <span title={title} className={classes(shape, tones[tone], className)}>
      {icon}
      <span className="min-w-0 truncate">{children}</span>
    </span>
  );
}

interface ChipButtonProps extends ComponentProps<'button'> {
  tone?: Tone | undefined;
  icon?: ReactNode;
}

/** A small fact that can be changed: opens a menu, or does something. */
export function ChipButton({ tone = 'neutral', icon, className, children, ...rest }: ChipButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(shape, tones[tone], 'transition-colors enabled:hover:text-ink', className)}
    >
      {icon}
      <span className="min-w-0 truncate">{children}</span>
    </button>
  );
}
