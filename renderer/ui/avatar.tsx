import { classes } from './classes.ts';

const sizes = {
  sm: 'size-5 rounded-[6px] text-[0.6875rem]',
  md: 'size-7 rounded-control text-small',
  lg: 'size-11 rounded-card text-lead',
} as const;

const firstLetter = (name: string): string => {
  const [segment] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return segment?.segment.toLocaleUpperCase() ?? '?';
};

/** The first letter of a name in a soft square. Decoration: the name stands beside it. */
export function Avatar({ name, size = 'sm' }: { name: string; size?: keyof typeof sizes | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'grid flex-none select-none place-items-center bg-accent-soft font-bold text-accent leading-none',
        sizes[size],
      )}
    >
      {firstLetter(name)}
    </span>
  );
}
