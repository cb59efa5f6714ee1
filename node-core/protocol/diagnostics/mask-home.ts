/** Names of folders that many computers have; they tell nothing of a person. */
const plainNames = new Set(['root', 'home', 'user', 'users', 'admin', 'administrator', 'public', 'default']);
const shortestName = 3;

/**
 * The text without the person's home folder, which carries their name: `~` stands for it, however the path is written
 * (slashes of Windows, doubled in JSON, within an address), and for its name wherever it stands as a part of a path.
 * @param home absolute
 */
export function maskHome(text: string, home: string): string {
  const path = home.replace(/[\\/]+$/, '');
  const name = path.split(/[\\/]/).at(-1) ?? '';
  const whole = path === '' ? text : text.replace(new RegExp(anyWriting(path), 'gi'), '~');
  if (name.length < shortestName || plainNames.has(name.toLowerCase())) return whole;
  const writings = [...new Set([name, encodeURIComponent(name)])].map(literal).join('|');
  return whole.replace(new RegExp(`(?<=[\\\\/])(?:${writings})(?=[\\\\/\\s"':,)\\]]|$)`, 'gi'), '~');
}

/** The path with either slash, once or doubled, and its letters as they are or escaped in an address. */
function anyWriting(path: string): string {
  const parts = path
    .split(/[\\/]+/)
    .map((part) => `(?:${[...new Set([part, encodeURIComponent(part)])].map(literal).join('|')})`);
  return `(?<![\\w.~-])${parts.join('[\\\\/]{1,2}')}(?![\\w.-])`;
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
