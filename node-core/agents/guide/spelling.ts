/**
 * The number of letters to add, drop, change or swap with a neighbour to make `a` of `b` (optimal string alignment,
 * a restricted Damerau-Levenshtein distance), or `limit + 1` as soon as it is certain to be more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = nextRow(a, b, row, last, beforeLast);
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? limit + 1, limit + 1);
}

const nextRow = (
  a: string,
  b: string,
  row: number,
  last: readonly number[],
  beforeLast: readonly number[],
): number[] => {
  const current = [row];
  for (let column = 1; column <= b.length; column += 1) {
    const isSame = a[row - 1] === b[column - 1];
    const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    current[column] = Math.min(
      at(last, column) + 1,
      at(current, column - 1) + 1,
      at(last, column - 1) + (isSame ? 0 : 1),
      isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
    );
  }
  return current;
};

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

/** A known word that a mistyped one may mean. */
export interface Correction {
  readonly word: string;
  /** 0..1, less with each wrong letter. */
  readonly likeness: number;
}

/** Letters that may be wrong in a word of that length: none in short ones, which are too easily another word. */
const wrongLetters = (length: number): number => {
  if (length < 5) return 0;
  return length < 8 ? 1 : 2;
};

/** The known words nearest to a mistyped one. The first letter is taken to be right. Longer words than 30 are left. */
export function correct(word: string, known: Iterable<string>): readonly Correction[] {
  if (word.length > 30 || /\d/.test(word)) return [];
  let nearest: string[] = [];
  let distance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const limit = Math.min(wrongLetters(Math.max(word.length, candidate.length)), distance);
    if (limit === 0 || word.length < 3 || candidate[0] !== word[0]) continue;
    const found = editDistance(word, candidate, limit);
    if (found > limit) continue;
    if (found < distance) nearest = [];
    distance = found;
    nearest.push(candidate);
  }
  return nearest.map((candidate) => ({ word: candidate, likeness: 1 - 0.2 * distance }));
}
