/** Deepest that values of JSON from elsewhere are taken, in levels of lists and objects: what walks through them calls itself. */
const maxDepth = 100;

/** Whether lists and objects stand deeper in each other than is taken. Calls itself nowhere. Pure. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  let depth = 0;
  for (; depth <= maxDepth && level.length > 0; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return depth > maxDepth;
}
