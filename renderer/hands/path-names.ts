/** The last name of a path, of Windows or of others; the path itself where there is none. Pure. */
export function lastName(path: string): string {
  return path.split(/[\\/]/).findLast((name) => name !== '') ?? path;
}

/** A path below a folder without that folder; whole where it is not below. Pure. */
export function pathBelow(folder: string, path: string): string {
  const base = folder.replace(/[\\/]+$/, '');
  if (!path.startsWith(base)) return path;
  const rest = path.slice(base.length);
  return /^[\\/]./.test(rest) ? rest.slice(1) : path;
}
