import { createHash } from 'node:crypto';

/** Longest name that every provider takes, in characters. */
const maxNameChars = 64;
const maxSlugChars = 20;
const markChars = 8;

/** The beginning of a server's tool names: letters and digits of its name, free among `taken`. Pure. */
export function slugFor(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, maxSlugChars - 3)
    .replace(/-+$/, '');
  const base = plain === '' ? 'server' : plain;
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

/**
 * The name by which models call a tool: `<slug>__<tool>`, at most 64 of `[a-zA-Z0-9_-]`. Where the tool's own name does
 * not fit, a mark made of it keeps the name its own; it hangs on nothing but slug and tool, so it stays. Pure.
 */
export function callName(slug: string, tool: string): string {
  const plain = `${slug}__${tool.replace(/[^a-zA-Z0-9_-]/g, '_')}`;
  if (plain === `${slug}__${tool}` && plain.length <= maxNameChars) return plain;
  const mark = createHash('sha256').update(tool).digest('hex').slice(0, markChars);
  return `${plain.slice(0, maxNameChars - markChars - 1)}_${mark}`;
}
