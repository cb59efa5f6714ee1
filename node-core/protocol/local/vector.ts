/**
 * Vectors of texts, kept as whole numbers from -127 to 127: the largest part of a vector becomes 127. Only their direction
 * counts, so the length that is lost so is of no use; and a vector takes a quarter of the room.
 */

/** A vector in that form; empty where it has no direction. Pure. */
export function vectorOf(values: readonly number[]): Int8Array<ArrayBuffer> {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest) || largest === 0) return new Int8Array(0);
  return Int8Array.from(values, (value) => Math.round((value / largest) * 127));
}

/** The length of a vector. */
export function lengthOf(vector: Int8Array): number {
  let sum = 0;
  // By place: it is asked of vectors by the ten thousand.
  for (let at = 0; at < vector.length; at += 1) sum += (vector[at] ?? 0) * (vector[at] ?? 0);
  return Math.sqrt(sum);
}

/** What two vectors of as many parts have in common: divided by both lengths it is the cosine of their angle. */
export function dotOf(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
