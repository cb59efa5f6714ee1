import path from 'node:path';
import { isInside, type Root } from '../reach/place-within.ts';
import { isSecretPlace } from '../reach/secret-places.ts';

/**
 * The picked folders as an agent calls them, each by the last part of its path and numbered where two are called the
 * same. One within another is the other's, unless it holds keys and was picked for their sake. Pure.
 */
export function rootsOf(folders: readonly string[]): readonly Root[] {
  const distinct = [...new Set(folders)];
  const roots = distinct.filter(
    (folder) =>
      isSecretPlace(folder.split(path.sep)) || !distinct.some((other) => other !== folder && isInside(other, folder)),
  );
  const taken = new Set<string>();
  return roots.map((folder) => {
    const name = freeName(path.basename(folder), taken);
    taken.add(name);
    return { path: folder, name };
  });
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}
