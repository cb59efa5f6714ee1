import type { AgentView } from '../api/agent-views.ts';
import type { ModelView } from '../api/model-views.ts';
import type { AnswerRequest, PromptMessage } from '../protocol/ports/answers.ts';
import type { CompletionMessage, CompletionsBody } from './completions-body.ts';
import { HttpRefusal } from './http-refusal.ts';

/** Who answers under the name that a caller sent as `model`. */
export type NamedModel = { readonly agentId: string } | { readonly ref: string };

/**
 * An agent's id, a model's `<provider>/<model>`, or a model's own id if only one provider has it; `null` if it is
 * none of these.
 */
export function findNamedModel(
  name: string,
  agents: readonly AgentView[],
  models: readonly ModelView[],
): NamedModel | null {
  if (agents.some(({ id }) => id === name)) return { agentId: name };
  const exact = models.find(({ ref }) => ref === name);
  if (exact) return { ref: exact.ref };
  const [only, second] = models.filter(({ modelId }) => modelId === name);
  return only && !second ? { ref: only.ref } : null;
}

/** What the answerer is asked for a caller's body. */
export function toAnswerRequest(
  body: CompletionsBody,
  named: NamedModel,
  defaults: { readonly conversationId: string; readonly agentId: string },
): AnswerRequest {
  const history = body.messages.flatMap(toPrompt);
  if (history.at(-1)?.role !== 'user') {
    throw new HttpRefusal(400, 'The last message must be one of the user.', { param: 'messages' });
  }
  const instructions = body.messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => content)
    .join('\n\n');
  return {
    messageId: null,
    conversationId: defaults.conversationId,
    agentId: 'agentId' in named ? named.agentId : defaults.agentId,
    model: 'ref' in named ? named.ref : null,
    modelChosenBy: 'caller',
    callerInstructions: instructions === '' ? null : instructions,
    parameters: {
      temperature: body.temperature ?? null,
      topP: body.top_p ?? null,
      maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
    },
    history,
    isContinuation: false,
  };
}

function toPrompt({ role, content }: CompletionMessage): readonly PromptMessage[] {
  switch (role) {
    case 'user':
      return [{ role, text: content, attachments: [] }];
    case 'assistant':
      return [{ role, parts: [{ kind: 'text', text: content }] }];
    default:
      return [];
  }
}
