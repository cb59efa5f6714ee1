import { z } from 'zod';
import { describeBytes } from '../../../protocol/describe-bytes.ts';
import { linesOf, numberedLines } from '../../tools/numbered-lines.ts';
import { defineTool, type Tool, ToolRefusal } from '../../tools/tool.ts';
import { type DecodedText, decodeText, readUpTo } from '../disk/text-file.ts';
import type { Found, Reach } from '../reach/reach.ts';
import { type FileMeans, openFound } from './file-means.ts';

/** Largest text file that is read or written, bytes. */
export const maxTextBytes = 8 * 1024 * 1024;

/** Most characters of one page, so that long lines do not fill the model's memory. */
const maxPageChars = 30_000;

/** Reads a text file of a picked folder, a page at a time, with the numbers of its lines. */
export const readFile = (means: FileMeans): Tool =>
  defineTool({
    name: 'read_file',
    description:
      'Reads a text file that the person lets you see. Returns numbered lines; read on with `from` until `next` is null.',
    input: z.strictObject({
      path: z.string().min(1).max(4096).describe('The file, as list_files names it.'),
      from: z.number().int().min(1).default(1).describe('Number of the first line to read, counted from 1.'),
      count: z.number().int().min(1).max(1000).default(300).describe('How many lines to read.'),
    }),
    isOutside: true,
    async run({ path, from, count }, context) {
      const reach = await means.reachFor(context);
      const found = await reach.find(path);
      const { text, encoding } = await readText(means, reach, found);
      const lines = linesOf(text);
      if (from > lines.length) {
        throw new ToolRefusal(`“${found.shown}” has ${lines.length} lines; line ${from} is beyond its end.`);
      }
      const shown = fitting(lines, from, count);
      const next = from + shown;
      return {
        value: {
          path: found.shown,
          encoding,
          totalLines: lines.length,
          lines: numberedLines(lines, from, shown),
          next: next > lines.length ? null : next,
        },
        sources: [],
      };
    },
  });

/** A whole file as text. Throws a ToolRefusal for what is too large or no text. */
export async function readText({ files }: FileMeans, reach: Reach, found: Found): Promise<DecodedText> {
  const handle = await openFound(files, reach, found);
  try {
    const sizeBytes = Number((await handle.stat()).size);
    if (sizeBytes > maxTextBytes) {
      throw new ToolRefusal(
        `“${found.shown}” is too large: ${describeBytes(sizeBytes)}, at most ${describeBytes(maxTextBytes)}.`,
      );
    }
    const decoded = decodeText(await readUpTo(handle, sizeBytes));
    if (decoded) return decoded;
    throw new ToolRefusal(`“${found.shown}” is no text in UTF-8 or UTF-16, so it is not read.`);
  } finally {
    await handle.close();
  }
}

/** How many lines from `from` on make a page; at least one. */
function fitting(lines: readonly string[], from: number, count: number): number {
  let chars = 0;
  const page = lines.slice(from - 1, from - 1 + count);
  const end = page.findIndex((line) => {
    chars += Math.min(line.length, 2000) + 8;
    return chars > maxPageChars;
  });
  return end === -1 ? page.length : Math.max(1, end);
}
