/** How much of a key tells it apart by eye: four groups of four digits. */
const shownDigits = 16;

interface ShortKeyProps {
  /** Hexadecimal digits of a key or serial number. */
  hex: string;
}

/** The beginning of a key in groups of four; the whole of it on hover. */
export function ShortKey({ hex }: ShortKeyProps) {
  const groups = hex.slice(0, shownDigits).match(/.{1,4}/g) ?? [];
  return (
    <span dir="ltr" title={hex} className="whitespace-nowrap font-mono text-small">
      {groups.join(' ')}
      {hex.length > shownDigits && ' …'}
    </span>
  );
}
