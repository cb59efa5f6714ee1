import { z } from 'zod';
import { agentIdSchema } from './ids.ts';
import { modelRefSchema } from './model-views.ts';

/** Tools that come with Nunba. Those of servers that the person added have names of their own. */
export const toolNameSchema = z.enum([
  'search_chats',
  'read_attachment',
  'list_files',
  'read_file',
  'search_files',
  'write_file',
  'move_files',
  'remove_files',
  'fetch_page',
  'notes',
  'calculate',
  'date',
  'run_command',
]);

/** Longest instructions of an agent, in characters. */
export const maxInstructionsChars = 20_000;

/** What an agent is, whether from a file or made by the person. */
export const agentDraftSchema = z.object({
  name: z.string().trim().min(1).max(60),
  description: z.string().trim().max(300),
  instructions: z.string().trim().min(1).max(maxInstructionsChars),
  greeting: z.string().trim().max(500),
  model: modelRefSchema.nullable(),
  tools: z.array(toolNameSchema).max(30),
  /** Ids of added tool servers whose tools it may use. */
  servers: z.array(z.string().max(60)).max(20).default([]),
  /** Ids of knowledge collections that it answers from. */
  knowledge: z.array(z.string().max(60)).max(20).default([]),
});
export type AgentDraft = z.infer<typeof agentDraftSchema>;

export const agentSchema = agentDraftSchema.extend({
  id: agentIdSchema,
  /** `shipped`: a file that comes with Nunba, read-only. */
  source: z.enum(['shipped', 'person']),
  /** `guide`: answers from Nunba's help, without a model. */
  engine: z.enum(['model', 'guide']),
  /** What stays with the conversation after its answers. */
  leaves: z.enum(['nothing', 'checklist', 'citations']),
  isDefault: z.boolean(),
});
export type AgentView = z.infer<typeof agentSchema>;

/** An agent from a file, before anybody has said yes to it. */
export const agentReviewSchema = z.lazy(() =>
  z.object({
    /** Without the tools that do more than read: those are `asked`, and are the person's to give. */
    draft: agentDraftSchema,
    /** Tools that do more than read and that the file asks for. */
    asked: z.array(toolNameSchema),
    /** Tool servers that are here and that the file asks for, by id; not in the draft either. */
    askedServers: z.array(z.string().max(60)).max(20),
    /** What the file names and is not here, so that it was left out. */
    left: z.object({
      tools: z.array(z.string().max(100)).max(100),
      servers: z.number().int().nonnegative(),
      knowledge: z.number().int().nonnegative(),
      model: z.string().max(400).nullable(),
    }),
  }),
);
export type AgentReview = z.infer<typeof agentReviewSchema>;

/** What the person wants of an agent that is to be drafted; `id` is the caller's, by which the drafting can be cancelled. */
export const agentWishSchema = z.object({
  id: z.string().min(1).max(100),
  wish: z.string().trim().min(1).max(4000),
});

/**
 * What a model made of a wish; `questions`: nothing that can be used, so the person is asked instead; `cancelled`: nobody
 * waits for it any more.
 */
export const agentProposalSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('draft'), draft: agentDraftSchema, modelId: z.string() }),
    z.object({ kind: z.literal('questions'), modelId: z.string() }),
    z.object({ kind: z.literal('cancelled') }),
  ]),
);
export type AgentProposal = z.infer<typeof agentProposalSchema>;
