import { z } from 'zod';
import { maxAgentTextChars } from '../api/agent-contract.ts';
import {
  type AgentDraft,
  type AgentReview,
  agentDraftSchema,
  maxInstructionsChars,
  toolNameSchema,
} from '../api/agent-views.ts';
import { doesMoreThanRead } from '../api/tool-groups.ts';

/** The newest version of the format that is written and read. */
const knownVersion = 1;

/** What is here already, so that a file can refer to it. */
export interface KnownParts {
  readonly hasModel: (ref: string) => boolean;
  readonly hasServer: (id: string) => boolean;
  readonly hasKnowledge: (id: string) => boolean;
}

export type DecodedAgent =
  | { readonly kind: 'review'; readonly review: AgentReview }
  /** `reason` is a sentence for the person. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The fields of `nunba-agent`, version 1, that a person's own agent has. Files of `resources/agents` have `id`,
 * `position`, `engine` and `leaves` besides; an agent that is brought in gets an id of its own.
 */
const sharedSchema = z.lazy(() =>
  z.object({
    format: z.literal('nunba-agent'),
    version: z.literal(knownVersion),
    engine: z.enum(['model', 'guide']).default('model'),
    name: z
      .string()
      .max(1000)
      .transform((name) => seen(name))
      .pipe(agentDraftSchema.shape.name),
    description: agentDraftSchema.shape.description.default(''),
    instructions: z
      .array(z.string().max(maxInstructionsChars))
      // As many as line breaks alone would make.
      .max(maxInstructionsChars + 1)
      .transform((lines) => seen(lines.join('\n')))
      .pipe(agentDraftSchema.shape.instructions),
    greeting: agentDraftSchema.shape.greeting.default(''),
    model: z.string().max(400).nullable().default(null),
    tools: z.array(z.string().max(100)).max(100).default([]),
    servers: z.array(z.string().max(60)).max(100).default([]),
    knowledge: z.array(z.string().max(60)).max(100).default([]),
  }),
);

/** An agent as the text of a file: readable, and comparable line by line. */
export function encodeSharedAgent(draft: AgentDraft): string {
  const { name, description, instructions, greeting, model, tools, servers, knowledge } = draft;
  const file = {
    format: 'nunba-agent',
    version: knownVersion,
    name,
    description,
    instructions: instructions.split('\n'),
    greeting,
    model,
    tools,
    servers,
    knowledge,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads an agent file from anywhere. Never throws; what the file says gives it nothing. */
export function decodeSharedAgent(text: string, known: KnownParts): DecodedAgent {
  if (text.length > maxAgentTextChars) return refused(`The file is larger than ${maxAgentTextChars / 1024} kB.`);
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return refused('It is not an agent that Nunba saved.');
  const header = headerSchema.safeParse(value);
  if (!header.success) return refused('The file holds no agent of Nunba.');
  if (header.data.version > knownVersion)
    return refused('The agent is of a newer Nunba. Update Nunba, then try again.');
  const parsed = sharedSchema.safeParse(value);
  if (!parsed.success) return refused(issueSentence(parsed.error));
  if (parsed.data.engine === 'guide') return refused('The Guide is part of Nunba and cannot be brought in.');
  return { kind: 'review', review: reviewOf(parsed.data, known) };
}

const headerSchema = z.object({ format: z.literal('nunba-agent'), version: z.number() });

const refused = (reason: string): DecodedAgent => ({ kind: 'refused', reason });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const issueSentence = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const place = issue?.path.map(String).join('.').slice(0, 100) ?? '';
  return `“${place}” in the file is not as it must be: ${(issue?.message ?? '').slice(0, 200)}.`;
};

function reviewOf(file: z.output<typeof sharedSchema>, known: KnownParts): AgentReview {
  const tools = toolNameSchema.options.filter((name) => file.tools.includes(name));
  const model = file.model !== null && known.hasModel(file.model) ? file.model : null;
  const servers = [...new Set(file.servers.filter(known.hasServer))].slice(0, 20);
  const knowledge = [...new Set(file.knowledge.filter(known.hasKnowledge))].slice(0, 20);
  return {
    draft: {
      name: file.name,
      description: seen(file.description),
      instructions: file.instructions,
      greeting: seen(file.greeting),
      model,
      tools: tools.filter((tool) => !doesMoreThanRead(tool)),
      servers: [],
      knowledge,
    },
    askedServers: servers,
    asked: tools.filter(doesMoreThanRead),
    left: {
      tools: [...new Set(file.tools)].filter((name) => !tools.some((tool) => tool === name)).map(seen),
      servers: new Set(file.servers).size - servers.length,
      knowledge: new Set(file.knowledge).size - knowledge.length,
      model: model === file.model ? null : file.model,
    },
  };
}

/** Without the marks that let a text look other than it is: overrides of the writing direction, and tags. */
const seen = (text: string): string => text.replace(/[\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu, '');
