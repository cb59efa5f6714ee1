import { z } from 'zod';
import { defineTool, type Tool, type ToolContext, ToolRefusal, type ToolResult } from '../../tools/tool.ts';
import type { Reach } from '../reach/reach.ts';
import type { FileMeans } from './file-means.ts';
import { type Entry, type LeftOut, walkFiles } from './walk-files.ts';

/** Most entries that are looked at in one call. */
const maxEntries = 20_000;
const maxCount = 500;

const input = z.strictObject({
  path: z
    .string()
    .max(4096)
    .default('')
    .describe('The folder; empty: the picked folder, or the list of picked folders.'),
  depth: z.number().int().min(1).max(30).default(1).describe('How many folders deep to look; 1: the folder alone.'),
  glob: z.string().min(1).max(200).optional().describe('Only names that fit, like *.jpg or 2024/**/*.txt.'),
  from: z.number().int().min(0).default(0).describe('How many entries to skip; take `next` of the last call.'),
  count: z.number().int().min(1).max(maxCount).default(200).describe('Most entries to return.'),
});

/** Lists what is in a picked folder. */
export const listFiles = (means: FileMeans): Tool =>
  defineTool({
    name: 'list_files',
    description:
      'Lists files and folders that the person lets you see, with sizes in bytes and dates. Read on with `from` until `next` is null.',
    input,
    isOutside: true,
    async run(asked, context) {
      const reach = await means.reachFor(context);
      if (asked.path === '' && reach.roots.length > 1) return picked(reach);
      return list(means, reach, asked, context);
    },
  });

const picked = (reach: Reach): ToolResult => ({
  value: {
    pickedFolders: reach.roots
      .map(({ name, path }) => ({ path: name, absolute: path }))
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
    next: null,
  },
  sources: [],
});

async function list(
  { files }: FileMeans,
  reach: Reach,
  { path, depth, glob, from, count }: z.output<typeof input>,
  { signal }: ToolContext,
): Promise<ToolResult> {
  const found = await reach.find(path);
  if (!found.facts) throw new ToolRefusal(`There is no folder “${found.shown}”.`);
  if (!found.facts.isDirectory()) throw new ToolRefusal(`“${found.shown}” is no folder; read_file reads a file.`);
  const left: LeftOut = { closed: 0, unreadable: 0 };
  const entries: Entry[] = [];
  let seen = 0;
  for await (const entry of walkFiles(
    { files, reach, root: found.root, depth, glob: glob ?? null, signal },
    found.path,
    left,
  )) {
    if (seen >= from && entries.length < count) entries.push(entry);
    seen += 1;
    if (seen >= maxEntries) break;
  }
  const next = from + entries.length;
  return {
    value: {
      folder: found.shown,
      entries: entries.map((entry) => ({ path: reach.shown(found.root, entry.path), ...describe(entry) })),
      total: seen,
      isTotalCut: seen >= maxEntries,
      next: next < seen ? next : null,
      notShown: { outOfReach: left.closed, unreadableFolders: left.unreadable },
    },
    sources: [],
  };
}

function describe({ facts }: Entry): { readonly kind: string; readonly sizeBytes?: number; readonly changed: string } {
  const changed = new Date(Number(facts.mtimeMs)).toISOString();
  if (facts.isFile()) return { kind: 'file', sizeBytes: Number(facts.size), changed };
  if (facts.isDirectory()) return { kind: 'folder', changed };
  return { kind: facts.isSymbolicLink() ? 'link' : 'other', changed };
}
