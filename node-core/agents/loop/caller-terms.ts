import type { AgentView } from '../../api/agent-views.ts';
import type { AnswerRequest } from '../../protocol/ports/answers.ts';

type Terms = Pick<AgentView, 'instructions' | 'tools'>;

/**
 * On what terms an agent answers a request. What an HTTP caller's system messages say comes after the agent's own
 * instructions. A caller who names a model and no agent gets the bare model: the caller's instructions, and no tools.
 */
export function termsFor(agent: Terms, request: AnswerRequest): Terms {
  const said = request.callerInstructions ?? '';
  if (request.modelChosenBy === 'caller' && request.model !== null) return { instructions: said, tools: [] };
  return { instructions: [agent.instructions, said].filter((text) => text !== '').join('\n\n'), tools: agent.tools };
}
