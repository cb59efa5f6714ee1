import type { AgentView } from '../../api/agent-views.ts';
import type { AnswerRequest } from '../../protocol/ports/answers.ts';

type Terms = Pick<AgentView, 'instructions' | 'tools' | 'servers' | 'knowledge'>;

/**
 * On what terms an agent answers a request. What an HTTP caller's system messages say comes after the agent's own
 * instructions. A caller who names a model and no agent gets the bare model: the caller's instructions, and no tools.
 */
export function termsFor(agent: Terms, request: AnswerRequest): Terms {
  const said = request.callerInstructions ?? '';
  if (request.modelChosenBy === 'caller' && request.model !== null) {
    return { instructions: said, tools: [], servers: [], knowledge: [] };
  }
  const { tools, servers, knowledge } = agent;
  const instructions = [agent.instructions, said].filter((text) => text !== '').join('\n\n');
  return { instructions, tools, servers, knowledge };
}
