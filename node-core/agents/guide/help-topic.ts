import { z } from 'zod';

/** One text of Nunba's help. */
export interface HelpTopic {
  /** Same as the file's name without `.md`. */
  readonly id: string;
  readonly title: string;
  /** The topic's question as people put it, in a few wordings. */
  readonly questions: readonly string[];
  /** Words that people use and that the text has no place for. */
  readonly keywords: readonly string[];
  /** Topics that are offered below the text. */
  readonly related: readonly string[];
  /** Markdown; `{{model}}` and the like stand for what the node says about itself (live-facts.ts). */
  readonly body: string;
}

export type DecodedHelpTopic =
  | { readonly kind: 'topic'; readonly topic: HelpTopic }
  | { readonly kind: 'refused'; readonly reason: string };

/** Longest help file that is read, in characters. */
export const maxHelpFileChars = 32 * 1024;

const idSchema = z.string().regex(/^[a-z0-9-]{1,60}$/);
const phrase = z.string().min(1).max(200);

const headerSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1).max(100),
  questions: z.array(phrase).min(1).max(20),
  keywords: z.array(phrase).max(60).default([]),
  related: z.array(idSchema).max(5).default([]),
});

const refused = (reason: string): DecodedHelpTopic => ({ kind: 'refused', reason });

/**
 * Reads one help file: a header between two lines of `---`, then markdown. A header's line is `name: value`; lists are
 * written with commas (`keywords: stop, abort`) or as lines that start with `- `. Never throws.
 *
 * @param fileName name without folder; must be `<id>.md`
 */
export function decodeHelpTopic(fileName: string, text: string): DecodedHelpTopic {
  if (text.length > maxHelpFileChars) return refused(`larger than ${maxHelpFileChars / 1024} kB`);
  const [first, ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const end = lines.indexOf('---');
  if (first !== '---' || end === -1) return refused('it does not start with a header between two lines of ---');
  const header = headerSchema.safeParse(readHeader(lines.slice(0, end)));
  if (!header.success) return refused(describeIssue(header.error));
  const body = lines
    .slice(end + 1)
    .join('\n')
    .trim();
  if (body === '') return refused('it has no text');
  if (`${header.data.id}.md` !== fileName)
    return refused(`its id is ${header.data.id}, so it must be ${header.data.id}.md`);
  return { kind: 'topic', topic: { ...header.data, body } };
}

const listNames = ['questions', 'keywords', 'related'];

/** Names and values of a header; a line that is neither a pair nor an item stands under its own text and is refused. */
const readHeader = (lines: readonly string[]): Record<string, unknown> => {
  const header = new Map<string, string | string[]>();
  let list: string[] | null = null;
  for (const line of lines) {
    const item = /^\s*-\s+(.+)$/.exec(line)?.[1]?.trim();
    const [, name, value = ''] = /^([a-z]+):(.*)$/.exec(line) ?? [];
    if (item !== undefined && list !== null) {
      list.push(item);
    } else if (name === undefined) {
      if (line.trim() !== '') header.set(line.slice(0, 100), line);
    } else if (listNames.includes(name)) {
      list = splitList(value);
      header.set(name, list);
    } else {
      header.set(name, value.trim());
    }
  }
  return Object.fromEntries(header);
};

const splitList = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const describeIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return `${issue?.path.map(String).join('.') || 'header'}: ${issue?.message ?? 'not as the format says'}`.slice(
    0,
    300,
  );
};
