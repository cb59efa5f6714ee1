import path from 'node:path';

/** Longest name of a collection, in characters. */
const mostChars = 60;

/** What a collection is called that nobody named: as its folder, cut between two words where that is too long. Pure. */
export function nameOfRoot(root: string | null): string {
  const name = path.basename(root ?? '') || 'Collection';
  if (name.length <= mostChars) return name;
  const cut = name.slice(0, mostChars - 1);
  return `${cut.replace(/\s+\S*$/, '').toWellFormed()}…`;
}
