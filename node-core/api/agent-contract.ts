import { z } from 'zod';
import {
  agentDraftSchema,
  agentProposalSchema,
  agentReviewSchema,
  agentSchema,
  agentWishSchema,
} from './agent-views.ts';
import { call, done } from './call-shapes.ts';
import { agentIdSchema } from './ids.ts';

/**
 * Longest agent file that is written and looked at, in characters: every agent that can be saved fits, also one whose
 * 20,000 characters of instructions take eight each in the file (a line of its own for each line break).
 */
export const maxAgentTextChars = 256 * 1024;

/** The share in the contract of agents that the person makes. */
export const agentCalls = {
  'agents.create': call(agentDraftSchema, agentSchema),
  'agents.update': call(z.object({ id: agentIdSchema, draft: agentDraftSchema }), agentSchema),
  'agents.delete': call(z.object({ id: agentIdSchema }), done),
  'agents.restore': call(z.object({ id: agentIdSchema }), agentSchema),
  /** An agent as a file that another Nunba can read. The Guide has none: it is no set of instructions. */
  'agents.export': call(
    z.object({ id: agentIdSchema }),
    z.object({ fileName: z.string().max(100), text: z.string().max(maxAgentTextChars) }),
  ),
  /** What such a file holds, for the person to look at. Keeps nothing; `import-unreadable` says what is wrong with it. */
  'agents.review': call(z.object({ text: z.string().max(maxAgentTextChars) }), agentReviewSchema),
  /** Lets the chosen model draft an agent from what the person wants. Keeps nothing. */
  'agents.propose': call(agentWishSchema, agentProposalSchema),
  /** Ends such a drafting at once, down to the request to the provider. One that is over needs none. */
  'agents.cancelProposal': call(agentWishSchema.pick({ id: true }), done),
} as const;
