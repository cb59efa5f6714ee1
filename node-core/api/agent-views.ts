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

/** What an agent is, whether from a file or made by the person. */
export const agentDraftSchema = z.object({
  name: z.string().trim().min(1).max(60),
  description: z.string().trim().max(300),
  instructions: z.string().trim().min(1).max(20_000),
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
