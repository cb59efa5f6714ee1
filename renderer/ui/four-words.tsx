import { classes } from './classes.ts';

interface FourWordsProps {
  words: readonly string[];
  /** Large enough to be compared across a desk. */
  isLarge?: boolean | undefined;
}

/** Four words by which people compare a key; each stands in one piece. */
export function FourWords({ words, isLarge = false }: FourWordsProps) {
  return (
    <span
      dir="ltr"
      className={classes(
        'inline-flex flex-wrap font-mono',
        isLarge ? 'gap-2 text-base' : 'gap-x-2 text-ink-2 text-small',
      )}
    >
      {words.map((word, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the words never change places, and one may stand there twice
          key={place}
          className={classes(isLarge && 'rounded-control border border-line bg-sunken px-2.5 py-0.5 font-semibold')}
        >
          {word}{' '}
        </span>
      ))}
    </span>
  );
}
