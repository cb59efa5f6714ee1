import { z } from 'zod';
import { linesOf, numberedLines } from './numbered-lines.ts';
import { defineTool, type Tool, ToolRefusal } from './tool.ts';

const defaultCount = 200;
const maxCount = 400;

/** Most characters of one result, so that a page of long lines does not fill the model's memory. */
const maxPageChars = 30_000;

/** Reads a text file of the conversation, a page at a time, with the numbers of its lines. */
export const readAttachment: Tool = defineTool({
  name: 'read_attachment',
  isOutside: true,
  isQuotable: true,
  description:
    'Reads a text file that is attached to this conversation. Returns numbered lines; read on with `from` until `next` is null.',
  input: z.strictObject({
    attachmentId: z.string().min(1).max(40).describe('Id of the attachment, as the conversation names it.'),
    from: z.number().int().min(1).default(1).describe('Number of the first line to read, counted from 1.'),
    count: z.number().int().min(1).max(maxCount).default(defaultCount).describe('How many lines to read.'),
  }),
  async run({ attachmentId, from, count }, { reader, conversationId }) {
    const content = await reader.readAttachment(conversationId, attachmentId);
    if (!content) throw new ToolRefusal(`This conversation has no attachment with the id ${attachmentId}.`);
    if (content.kind === 'image') {
      throw new ToolRefusal(`“${content.name}” is a picture; this tool reads text files only.`);
    }
    const text = new TextDecoder().decode(content.bytes);
    const lines = linesOf(text);
    if (from > lines.length) {
      throw new ToolRefusal(`“${content.name}” has ${lines.length} lines; line ${from} is beyond its end.`);
    }
    const shown = fitting(lines, from, count);
    const next = from + shown;
    return {
      value: {
        name: content.name,
        totalLines: lines.length,
        lines: numberedLines(lines, from, shown),
        next: next > lines.length ? null : next,
      },
      sources: [{ kind: 'attachment', attachmentId, name: content.name, text }],
    };
  },
});

/** How many lines from `from` on make a page; at least one. */
const fitting = (lines: readonly string[], from: number, count: number): number => {
  let chars = 0;
  const page = lines.slice(from - 1, from - 1 + count);
  const end = page.findIndex((line) => {
    chars += line.length + 8;
    return chars > maxPageChars;
  });
  return end === -1 ? page.length : Math.max(1, end);
};
