import type { MessagePart } from '../api/conversation-views.ts';
import type { PromptMessage, PromptPart } from '../protocol/ports/answers.ts';
import type { StoredMessage } from './stored-message.ts';

/** What the answerer is told, and whether its last entry is an answer to be carried on. */
export interface PromptHistory {
  readonly history: readonly PromptMessage[];
  readonly isContinuation: boolean;
}

/**
 * Makes the history of a branch. Thoughts and citations are not told again, and an answer that says nothing (it
 * failed before its first word) is left out.
 * @param branch from the first prompt to the prompt to be answered, or to the partial answer to be carried on
 */
export function promptHistory(branch: readonly StoredMessage[]): PromptHistory {
  const history: PromptMessage[] = [];
  let isContinuation = false;
  for (const message of branch) {
    if (message.role === 'user') {
      history.push({ role: 'user', text: message.text, attachments: message.attachments });
      isContinuation = false;
      continue;
    }
    const parts = message.parts.flatMap(promptPart);
    if (parts.length === 0) continue;
    history.push({ role: 'assistant', parts });
    isContinuation = true;
  }
  return { history, isContinuation };
}

function promptPart(part: MessagePart): readonly PromptPart[] {
  if (part.kind === 'text') return part.text === '' ? [] : [{ kind: 'text', text: part.text }];
  if (part.kind !== 'tool' || part.outcome === null) return [];
  const { callId, toolName, outcome } = part;
  return [{ kind: 'tool', callId, toolName, arguments: part.arguments, outcome }];
}
