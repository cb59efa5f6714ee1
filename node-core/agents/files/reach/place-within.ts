import path from 'node:path';

/** A folder that the person picked, as an agent calls it. */
export interface Root {
  /** Absolute and real: no link on the way. */
  readonly path: string;
  /** The first part of relative paths where several folders are picked. */
  readonly name: string;
}

/** Where a path leads by its letters alone, before anything is looked at on the disk. */
export type Placed =
  | { readonly kind: 'within'; readonly root: Root; readonly path: string }
  /** `reason` completes “The path ...”. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What file systems take at most, bytes: a whole path, and one name. */
const maxPathBytes = 4096;
const maxNameBytes = 255;

/** Characters that end a path for the system, break a line, or turn the order of what is shown around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * Resolves a path from a model against the picked folders: absolute, or relative to the only folder, or beginning with
 * the name of one of several. Whatever would leave them is refused. Pure; the disk has to be asked as well, because a
 * link can lead out.
 */
export function placeWithin(roots: readonly Root[], given: string, platform: NodeJS.Platform): Placed {
  const rules = platform === 'win32' ? path.win32 : path.posix;
  const defect = defectOf(given, platform);
  if (defect) return { kind: 'refused', reason: defect };
  const resolved = rules.isAbsolute(given) ? rules.normalize(given) : resolveRelative(roots, given, rules);
  if (resolved === null) return { kind: 'refused', reason: `must be absolute or begin with ${namesOf(roots)}` };
  const target = withoutEnd(resolved, rules);
  const root = roots.find((each) => isInside(each.path, target, rules));
  if (!root) return { kind: 'refused', reason: `is not in a folder that the person picked (${namesOf(roots)})` };
  return { kind: 'within', root, path: target };
}

/** Whether a path is a folder itself or in it, by its letters. */
export function isInside(folder: string, target: string, rules: path.PlatformPath = path): boolean {
  const relative = rules.relative(folder, target);
  return relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative);
}

const namesOf = (roots: readonly Root[]): string => roots.map(({ name }) => `“${name}”`).join(', ') || 'none';

const withoutEnd = (target: string, { sep, parse }: path.PlatformPath): string =>
  target.length > 1 && target.endsWith(sep) && parse(target).root !== target ? target.slice(0, -1) : target;

function resolveRelative(roots: readonly Root[], given: string, rules: path.PlatformPath): string | null {
  const [only, ...others] = roots;
  if (only && others.length === 0) return rules.join(only.path, given);
  const [first = '', ...rest] = partsOf(given, rules).filter((part) => part !== '.');
  const root = roots.find(({ name }) => name === first);
  return root ? rules.join(root.path, ...rest) : null;
}

const partsOf = (given: string, rules: path.PlatformPath): readonly string[] =>
  given.split(rules.sep === '\\' ? /[\\/]+/ : /\/+/).filter((part) => part !== '');

/** What makes a text no path that is looked at at all, or `null`. */
function defectOf(given: string, platform: NodeJS.Platform): string | null {
  if (unfit.test(given)) return 'holds characters that no path may have';
  if (Buffer.byteLength(given) > maxPathBytes) return `is longer than ${maxPathBytes} bytes`;
  if (/^~($|[\\/])/.test(given)) return 'begins with “~”; give the whole path instead';
  const parts = partsOf(given, platform === 'win32' ? path.win32 : path.posix);
  if (parts.some((part) => Buffer.byteLength(part) > maxNameBytes))
    return `has a name of more than ${maxNameBytes} bytes`;
  return platform === 'win32' ? windowsDefect(given, parts) : null;
}

/** Names that Windows takes for devices, whatever their ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:$|[ .:])/i;

function windowsDefect(given: string, parts: readonly string[]): string | null {
  if (/^[\\/]{2}[?.][\\/]|^[\\/]\?\?[\\/]/.test(given)) return 'is one of a device';
  if (/^[a-z]:(?![\\/])/i.test(given)) return 'is relative to a drive';
  if (/^[\\/](?![\\/])/.test(given)) return 'has no drive';
  const names = /^[a-z]:[\\/]/i.test(given) ? parts.slice(1) : parts;
  if (names.some((name) => name.includes(':'))) return 'names a stream behind a file';
  if (names.some((name) => device.test(name))) return 'names a device of Windows';
  if (names.some((name) => /[<>"|?*]/.test(name))) return 'holds characters that Windows does not allow in names';
  const isOdd = names.some((name) => name !== '.' && name !== '..' && /[. ]$/.test(name));
  return isOdd ? 'has a name that ends with a dot or a space, which Windows drops' : null;
}
