const pattern =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?$/;
/** Longer ones are nobody's. */
const mostLength = 60;

/** Whether it is a version of semantic versioning 2.0; build metadata (`+...`), which has no order, is not taken. */
export const isVersion = (text: string): boolean => text.length <= mostLength && pattern.test(text);

/** Whether it is a version before a release (`1.2.0-beta.3`). */
export const isPrerelease = (version: string): boolean => version.includes('-');

/** The order of semantic versioning 2.0, section 11: negative if `a` is the older one, 0 if they are the same. */
export function compareVersions(a: string, b: string): number {
  const [coreA, beforeA] = partsOf(a);
  const [coreB, beforeB] = partsOf(b);
  const core = compareLists(coreA, coreB);
  if (core !== 0) return core;
  if (beforeA.length === 0 || beforeB.length === 0) return beforeB.length - beforeA.length;
  return compareLists(beforeA, beforeB);
}

function partsOf(version: string): readonly [readonly string[], readonly string[]] {
  const at = version.indexOf('-');
  if (at === -1) return [version.split('.'), []];
  return [version.slice(0, at).split('.'), version.slice(at + 1).split('.')];
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers come before words; numbers are compared as such, words by their characters. */
function compareParts(a: string, b: string): number {
  const isNumber = /^\d+$/;
  if (isNumber.test(a) && isNumber.test(b)) {
    return a.length === b.length ? compareText(a, b) : a.length - b.length;
  }
  if (isNumber.test(a)) return -1;
  return isNumber.test(b) ? 1 : compareText(a, b);
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
