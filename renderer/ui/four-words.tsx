import { classes } from './classes.ts';

interface FourWordsProps {
  words: readonly string[];
  /** What they are the words of: read out before them. */
  label?: string | undefined;
  /** Each in a box of its own, large enough to be compared across a desk. */
  isLarge?: boolean | undefined;
}

/** Four words by which people compare a key; each stands in one piece. */
export function FourWords({ words, label, isLarge = false }: FourWordsProps) {
  return (
    <span
      {...(label === undefined ? {} : { role: 'group', 'aria-label': label })}
      dir="ltr"
      translate="no"
      className={classes('inline-flex flex-wrap', isLarge ? 'gap-2' : 'gap-x-2 font-mono text-ink-2 text-small')}
    >
      {words.map((word, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the words never change places, and one may stand there twice
          key={place}
          className={classes(isLarge && 'rounded-[7px] border border-line bg-sunken px-2.5 py-1 font-semibold')}
        >
          {word}{' '}
        </span>
      ))}
    </span>
  );
}
