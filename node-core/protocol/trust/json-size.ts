/**
 * Whether a value would take more than `mostBytes` as JSON, near enough: text counts by its length. Stops as soon as it
 * knows, so that nothing large is walked through. Takes any value; cycles count as large.
 */
export function isLargerThan(value: unknown, mostBytes: number): boolean {
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0 && bytes <= mostBytes) {
    const next = open.pop();
    bytes += ownBytes(next);
    if (typeof next === 'object' && next !== null && bytes <= mostBytes) {
      for (const inner of Object.values(next)) open.push(inner);
    }
  }
  return bytes > mostBytes;
}

/** What a value takes without the values in it. */
function ownBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (Array.isArray(value)) return value.length + 1;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.keys(value).reduce((bytes, key) => bytes + key.length + 3, 2);
}
