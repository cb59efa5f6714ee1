import { expect, test } from 'vitest';
import { termsFor } from '../../../node-core/agents/loop/caller-terms.ts';
import type { AnswerRequest } from '../../../node-core/protocol/ports/answers.ts';

const agent = { instructions: 'Be Nunba.', tools: ['search_chats' as const], servers: [], knowledge: [] };
const bare = { tools: [], servers: [], knowledge: [] };
const request = (changes: Partial<AnswerRequest>): AnswerRequest => ({
  conversationId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  messageId: null,
  agentId: 'nunba',
  model: null,
  modelChosenBy: 'chat',
  parameters: { temperature: null, topP: null, maxOutputTokens: null },
  history: [],
  isContinuation: false,
  ...changes,
});
const caller = { modelChosenBy: 'caller' as const, callerInstructions: 'Be brief.' };

test.each([
  ['a chat', {}, agent],
  ['a chat with a chosen model', { model: 'one/llama' }, agent],
  ['a caller without a word', { ...caller, callerInstructions: null }, agent],
  ['a caller of the agent', caller, { ...agent, instructions: 'Be Nunba.\n\nBe brief.' }],
  ['a caller of a bare model', { ...caller, model: 'one/llama' }, { instructions: 'Be brief.', ...bare }],
  [
    'a silent caller of a bare model',
    { ...caller, model: 'one/llama', callerInstructions: null },
    { instructions: '', ...bare },
  ],
])('%s', (_name, changes, terms) => {
  expect(termsFor(agent, request(changes))).toEqual(terms);
});
