import { type AgentView, toolNameSchema } from '../../api/agent-views.ts';
import type { RecipeDraftView, RecipeReview } from '../../api/recipe-views.ts';

/** Where agents are looked up. */
interface KnownAgents {
  readonly agent: (id: string) => AgentView | null;
  readonly defaultAgentId: () => string;
}

/** A recipe from elsewhere as it would be here: with an agent that is here, whose permissions are all that it has. */
export function reviewRecipe(draft: RecipeDraftView, { agent, defaultAgentId }: KnownAgents): RecipeReview {
  const own = agent(draft.agentId);
  const agentId = own ? draft.agentId : defaultAgentId();
  const chosen = own ?? agent(agentId);
  const named = draft.steps.flatMap((step) => (step.kind === 'say' ? [] : [step.toolName]));
  const shipped = new Set<string>(toolNameSchema.options);
  const isMissing = (name: string): boolean => {
    if (chosen?.tools.some((tool) => tool === name)) return false;
    // Tools of servers are known only while the server runs.
    return shipped.has(name) || (chosen?.servers.length ?? 0) === 0;
  };
  return {
    draft: { ...draft, agentId },
    missingTools: [...new Set(named)].filter(isMissing),
    isOtherAgent: own === null,
  };
}
