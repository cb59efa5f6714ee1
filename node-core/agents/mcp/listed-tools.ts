import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ToolInputSchema } from '../tools/tool.ts';
import { plainSchema } from './plain-schema.ts';
import { callName } from './tool-names.ts';

/** A tool as its server listed it last. */
export interface ListedTool {
  readonly name: string;
  /** For models. */
  readonly callName: string;
  readonly description: string;
  readonly inputSchema: ToolInputSchema;
  readonly saysItOnlyReads: boolean;
  /** SHA-256 of all that a person or a model judges it by, hex. */
  readonly digest: string;
  /** ms since the epoch; `null`: it is as it was first seen. */
  readonly changedAt: number | null;
}

const maxDescriptionChars = 4_000;

const toolSchema = z.lazy(() =>
  z.looseObject({
    name: z.string().min(1).max(200),
    title: z.string().nullish().catch(null),
    description: z.string().nullish().catch(null),
    inputSchema: z.unknown(),
    annotations: z
      .looseObject({ readOnlyHint: z.boolean().nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
);

/** The tools of a list that can be used, the first of each name, and how many cannot. Pure. */
export function readTools(
  slug: string,
  given: readonly unknown[],
): { readonly tools: readonly ListedTool[]; readonly leftOutCount: number } {
  const tools = new Map<string, ListedTool>();
  for (const each of given) {
    const tool = readTool(slug, each);
    if (tool && !tools.has(tool.callName)) tools.set(tool.callName, tool);
  }
  return { tools: [...tools.values()], leftOutCount: given.length - tools.size };
}

function readTool(slug: string, given: unknown): ListedTool | null {
  const parsed = toolSchema.safeParse(given);
  if (!parsed.success) return null;
  const { name, title, description, inputSchema, annotations } = parsed.data;
  const schema = plainSchema(inputSchema);
  if (schema === null || /\p{Cc}/u.test(name)) return null;
  const text = visible(description ?? title ?? '').slice(0, maxDescriptionChars);
  const saysItOnlyReads = annotations?.readOnlyHint === true;
  // Of what is used, not of what was sent: a server could otherwise end every permission by a meaningless number.
  const digest = createHash('sha256')
    .update(JSON.stringify([name, text, schema, saysItOnlyReads]))
    .digest('hex');
  return {
    name,
    callName: callName(slug, name),
    description: text,
    inputSchema: schema,
    saysItOnlyReads,
    digest,
    changedAt: null,
  };
}

/** Without characters that a person does not see and a model reads all the same. */
const visible = (text: string): string => text.replace(/[^\P{C}\n\t]/gu, '').trim();

/**
 * What a new list means: tools that were known and are now other ones keep the time of their change, and the names of
 * those whose permissions end are told, with those of tools that are gone. Pure.
 */
export function compareTools(
  known: readonly ListedTool[],
  listed: readonly ListedTool[],
  now: number,
): { readonly tools: readonly ListedTool[]; readonly changed: readonly string[] } {
  const before = new Map(known.map((tool) => [tool.name, tool]));
  const tools = listed.map((tool) => {
    const old = before.get(tool.name);
    if (!old) return tool;
    return { ...tool, changedAt: old.digest === tool.digest ? old.changedAt : now };
  });
  const present = new Map(tools.map((tool) => [tool.name, tool]));
  const changed = known.filter((old) => present.get(old.name)?.digest !== old.digest).map(({ name }) => name);
  return { tools, changed };
}
