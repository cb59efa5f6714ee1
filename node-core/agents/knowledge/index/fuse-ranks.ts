/**
 * What ranks add to each other: with 60, the value of the paper that the method is from, the first place of one list weighs
 * about as much as two places in the forties of both, so what both lists know goes before what one alone does.
 */
const smoothing = 60;

/**
 * One order of several (reciprocal rank fusion; Cormack, Clarke and Büttcher, SIGIR 2009): only places count, because what
 * the lists measure cannot be compared. Among equals the earlier list decides. Pure.
 */
export function fuseRanks(lists: readonly (readonly number[])[]): readonly number[] {
  const scores = new Map<number, number>();
  for (const list of lists) {
    for (const [index, item] of list.entries()) scores.set(item, (scores.get(item) ?? 0) + 1 / (smoothing + index + 1));
  }
  return [...scores].sort(([, a], [, b]) => b - a).map(([item]) => item);
}
