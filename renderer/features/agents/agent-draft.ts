import {
  type AgentDraft,
  type AgentView,
  agentDraftSchema,
  type toolNameSchema,
} from '../../../node-core/api/agent-views.ts';

export type ToolName = (typeof toolNameSchema.options)[number];

/** A form for a new agent. */
export const emptyDraft: AgentDraft = {
  name: '',
  description: '',
  instructions: '',
  greeting: '',
  model: null,
  tools: [],
  servers: [],
  knowledge: [],
};

/** What can be changed of an agent; also the start of a copy of it. */
export function draftOfAgent(agent: AgentView): AgentDraft {
  const { name, description, instructions, greeting, model, tools, servers, knowledge } = agent;
  return { name, description, instructions, greeting, model, tools, servers, knowledge };
}

/** What is wrong with a draft, by field; empty when it can be saved. */
export type DraftProblems = Partial<Record<keyof AgentDraft, 'missing' | 'too-long'>>;

/** Checks a draft with the rules that the node will apply. */
export function draftProblems(draft: AgentDraft): DraftProblems {
  const parsed = agentDraftSchema.safeParse(draft);
  if (parsed.success) return {};
  const problems: DraftProblems = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path[0];
    if (typeof field === 'string' && field in draft) {
      problems[field as keyof AgentDraft] ??= issue.code === 'too_big' ? 'too-long' : 'missing';
    }
  }
  return problems;
}
