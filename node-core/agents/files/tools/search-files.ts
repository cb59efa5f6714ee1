import { z } from 'zod';
import type { Clock } from '../../../protocol/ports/clock.ts';
import { linesOf } from '../../tools/numbered-lines.ts';
import { defineTool, type Tool, type ToolContext, ToolRefusal } from '../../tools/tool.ts';
import { decodeText, readUpTo } from '../disk/text-file.ts';
import type { Found, Reach } from '../reach/reach.ts';
import { type FileMeans, openFound } from './file-means.ts';
import { type Entry, walkFiles } from './walk-files.ts';

/** Larger files are skipped, bytes. */
const maxFileBytes = 4 * 1024 * 1024;
/** Most files that are looked into, and for how long, ms. */
const maxFiles = 20_000;
const maxSearchMs = 20_000;
const maxLineChars = 300;
/** Most lines of one file, so that one file does not hide the others. */
const maxLinesOfFile = 20;

const input = z.strictObject({
  query: z.string().min(1).max(300).describe('What a line must hold.'),
  mode: z
    .enum(['words', 'exact'])
    .default('words')
    .describe('words: every word, in any order; exact: the text as it is.'),
  isCaseSensitive: z.boolean().default(false),
  path: z.string().max(4096).default('').describe('The folder or file to look in; empty: everything.'),
  glob: z.string().min(1).max(200).optional().describe('Only files whose names fit, like *.md.'),
  limit: z.number().int().min(1).max(200).default(50).describe('Most lines to return.'),
});

/** What a search found, and what it did not look into. */
interface Findings {
  readonly matches: { readonly path: string; readonly line: number; readonly text: string }[];
  searchedFiles: number;
  skippedFiles: number;
  end: 'all' | 'limit' | 'files' | 'time';
}

/** Looks through the text files of picked folders. */
export const searchFiles = (means: FileMeans, clock: Pick<Clock, 'elapsed'>): Tool =>
  defineTool({
    name: 'search_files',
    description:
      'Searches the text files that the person lets you see. Returns the lines that match, with file and line number.',
    input,
    isOutside: true,
    async run(asked, context) {
      const reach = await means.reachFor(context);
      const isEverywhere = asked.path === '';
      const starts = await Promise.all(
        isEverywhere ? reach.roots.map((root) => reach.find(root.path)) : [reach.find(asked.path)],
      );
      const findings: Findings = { matches: [], searchedFiles: 0, skippedFiles: 0, end: 'all' };
      const search = new Search({
        means,
        reach,
        asked,
        context,
        findings,
        endsAt: clock.elapsed() + maxSearchMs,
        clock,
      });
      for (const start of starts) if (findings.end === 'all') await search.from(start);
      const { end, ...rest } = findings;
      return { value: { ...rest, stoppedBy: end === 'all' ? null : end }, sources: [] };
    },
  });

interface SearchParts {
  readonly means: FileMeans;
  readonly reach: Reach;
  readonly asked: z.output<typeof input>;
  readonly context: ToolContext;
  readonly findings: Findings;
  readonly endsAt: number;
  readonly clock: Pick<Clock, 'elapsed'>;
}

class Search {
  readonly #parts: SearchParts;
  readonly #placeIn: (line: string) => number;

  constructor(parts: SearchParts) {
    this.#parts = parts;
    this.#placeIn = matcherOf(parts.asked);
  }

  async from(start: Found): Promise<void> {
    const { means, reach, asked, context } = this.#parts;
    const { path, root, facts, shown } = start;
    if (!facts) throw new ToolRefusal(`There is nothing called “${shown}”.`);
    if (!facts.isDirectory()) return this.#lookInto(start);
    const walk = { files: means.files, reach, root, depth: 30, glob: asked.glob ?? null, signal: context.signal };
    for await (const entry of walkFiles(walk, path, { closed: 0, unreadable: 0 })) {
      if (entry.facts.isFile()) await this.#lookInto(this.#found(start, entry));
      if (this.#isOver()) return;
    }
  }

  #found({ root }: Found, { path, facts }: Entry): Found {
    return { root, path, facts, shown: this.#parts.reach.shown(root, path) };
  }

  #isOver(): boolean {
    const { findings, asked, clock, endsAt } = this.#parts;
    if (findings.matches.length >= asked.limit) findings.end = 'limit';
    else if (findings.searchedFiles + findings.skippedFiles >= maxFiles) findings.end = 'files';
    else if (clock.elapsed() > endsAt) findings.end = 'time';
    return findings.end !== 'all';
  }

  async #lookInto(found: Found): Promise<void> {
    const { asked, findings } = this.#parts;
    const text = await this.#textOf(found);
    if (text === null) {
      findings.skippedFiles += 1;
      return;
    }
    findings.searchedFiles += 1;
    let count = 0;
    for (const [index, line] of linesOf(text).entries()) {
      if (count >= maxLinesOfFile || findings.matches.length >= asked.limit) return;
      const at = this.#placeIn(line);
      if (at === -1) continue;
      count += 1;
      findings.matches.push({ path: found.shown, line: index + 1, text: around(line, at) });
    }
  }

  /** `null`: too large, no text, or it may not be read. */
  async #textOf(found: Found): Promise<string | null> {
    const { means, reach } = this.#parts;
    if (!found.facts || found.facts.size > maxFileBytes) return null;
    try {
      const handle = await openFound(means.files, reach, found);
      try {
        return decodeText(await readUpTo(handle, Number(found.facts.size)))?.text ?? null;
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (error instanceof ToolRefusal || (error instanceof Error && 'code' in error)) return null;
      throw error;
    }
  }
}

/** A long line, cut to the part around what was found in it. */
function around(line: string, at: number): string {
  const text = line.trim();
  if (text.length <= maxLineChars) return text;
  const from = Math.max(0, at - maxLineChars / 4);
  const end = from + maxLineChars;
  return `${from > 0 ? '… ' : ''}${line.slice(from, end)}${end < line.length ? ' …' : ''}`;
}

/** Where in a line the first of what is looked for stands, if all of it does; -1: not all. */
function matcherOf({ query, mode, isCaseSensitive }: z.output<typeof input>): (line: string) => number {
  const plain = (text: string): string => (isCaseSensitive ? text : text.toLowerCase());
  const wanted =
    mode === 'exact'
      ? [plain(query)]
      : plain(query)
          .split(/\s+/)
          .filter((word) => word !== '');
  if (wanted.length === 0) throw new ToolRefusal('The query holds no word.');
  return (line) => {
    const text = plain(line);
    const places = wanted.map((each) => text.indexOf(each));
    return places.includes(-1) ? -1 : Math.min(...places);
  };
}
