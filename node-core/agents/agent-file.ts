import { z } from 'zod';
import { type AgentView, agentDraftSchema, agentSchema } from '../api/agent-views.ts';

/** Longest agent file that is read, in characters. */
export const maxAgentFileChars = 64 * 1024;

/** The newest version of the format that this program knows. */
const knownVersion = 1;

/**
 * An agent as a file of `resources/agents`, named `<id>.json`. `instructions` are lines, so that a person can read
 * and compare them; `position` orders the agents that come with Nunba.
 */
const agentFileSchema = z.lazy(() =>
  z.strictObject({
    format: z.literal('nunba-agent'),
    version: z.literal(knownVersion),
    id: agentSchema.shape.id,
    position: z.number().int().nonnegative().max(1000),
    name: agentDraftSchema.shape.name,
    description: agentDraftSchema.shape.description,
    instructions: z
      .array(z.string().max(2000))
      .max(400)
      .transform((lines) => lines.join('\n'))
      .pipe(agentDraftSchema.shape.instructions),
    model: agentDraftSchema.shape.model,
    tools: agentDraftSchema.shape.tools,
    servers: agentDraftSchema.shape.servers,
    knowledge: agentDraftSchema.shape.knowledge,
    greeting: agentDraftSchema.shape.greeting,
    engine: agentSchema.shape.engine,
    leaves: agentSchema.shape.leaves,
  }),
);

/** An agent that comes as a file, before it is known whether it is the default. */
export interface AgentFile {
  readonly position: number;
  readonly agent: AgentView;
}

export type DecodedAgentFile =
  | { readonly kind: 'agent'; readonly file: AgentFile }
  | { readonly kind: 'refused'; readonly reason: string };

const refused = (reason: string): DecodedAgentFile => ({ kind: 'refused', reason });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const newerVersionOf = (value: unknown): number | null => {
  const header = z.object({ format: z.literal('nunba-agent'), version: z.number() }).safeParse(value);
  return header.success && header.data.version > knownVersion ? header.data.version : null;
};

const describeIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const place = issue?.path.map(String).join('.') || 'the whole file';
  return `${place.slice(0, 100)}: ${(issue?.message ?? 'not as the format says').slice(0, 200)}`;
};

/**
 * Reads one agent file. Never throws.
 *
 * @param fileName name without folder; must be `<id>.json`
 * @param text content of the file
 */
export function decodeAgentFile(fileName: string, text: string): DecodedAgentFile {
  if (!fileName.endsWith('.json')) return refused('agents are files that end in .json');
  if (text.length > maxAgentFileChars) return refused(`larger than ${maxAgentFileChars / 1024} kB`);
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return refused('not JSON');
  const parsed = agentFileSchema.safeParse(value);
  if (!parsed.success) {
    const newer = newerVersionOf(value);
    if (newer === null) return refused(describeIssue(parsed.error));
    return refused(`written for a newer Nunba (format ${newer}, this one knows ${knownVersion})`);
  }
  const { format: _format, version: _version, position, ...agent } = parsed.data;
  if (`${agent.id}.json` !== fileName) return refused(`its id is ${agent.id}, so it must be named ${agent.id}.json`);
  return { kind: 'agent', file: { position, agent: { ...agent, source: 'shipped', isDefault: false } } };
}
