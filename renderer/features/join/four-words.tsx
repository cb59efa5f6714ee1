/** Four words by which people compare keys, each in a box of its own. */
export function FourWords({ words, label }: { readonly words: readonly string[]; readonly label: string }) {
  return (
    <ol aria-label={label} dir="ltr" translate="no" className="flex flex-wrap gap-2">
      {words.map((word, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: two of the four may be the same
          key={place}
          className="rounded-[7px] border border-line bg-sunken px-2.5 py-1 font-semibold"
        >
          {word}
        </li>
      ))}
    </ol>
  );
}
