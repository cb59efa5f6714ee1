import fc from 'fast-check';
import { createIds } from './ids.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 30 });
const answerState = fc.constantFrom(
  { kind: 'complete', reason: 'complete' },
  { kind: 'stopped' },
  { kind: 'interrupted' },
  { kind: 'failed', failure: { kind: 'no-model' } },
);

/** A conversation of an export, of any shape: each prompt follows any message before it, or none. */
export const archiveConversations = fc
  .record({
    title: words,
    isPinned: fc.boolean(),
    exchanges: fc.array(
      fc.record({ parent: fc.nat(), prompt: words, answers: fc.array(words, { maxLength: 3 }), state: answerState }),
    ),
    leaf: fc.nat(),
    items: fc.array(fc.record({ text: fc.string({ minLength: 1, maxLength: 20 }), isDone: fc.boolean() }), {
      maxLength: 3,
    }),
  })
  .map((shape) => makeConversation(shape));

interface Shape {
  readonly title: string;
  readonly isPinned: boolean;
  readonly exchanges: readonly {
    readonly parent: number;
    readonly prompt: string;
    readonly answers: readonly string[];
    readonly state: object;
  }[];
  readonly leaf: number;
  readonly items: readonly { readonly text: string; readonly isDone: boolean }[];
}

function makeConversation({ title, isPinned, exchanges, leaf, items }: Shape) {
  const ids = createIds(7);
  const messages: { readonly id: string; readonly [name: string]: unknown }[] = [];
  for (const { parent, prompt, answers, state } of exchanges) {
    const parentId = messages[parent % (messages.length + 1)]?.id ?? null;
    const id = ids();
    messages.push({ id, parentId, role: 'user', createdAt: messages.length, text: prompt, attachmentIds: [] });
    for (const text of answers) {
      const parts = [{ kind: 'text', text }];
      const rest = { agentId: 'nunba', state, parts, provenance: { kind: 'guide' }, timing: null };
      messages.push({ id: ids(), parentId: id, role: 'assistant', createdAt: messages.length, ...rest });
    }
  }
  return {
    id: ids(),
    title,
    agentId: 'nunba',
    model: null,
    parameters: { temperature: null, topP: 0.5, maxOutputTokens: null },
    isPinned,
    createdAt: 1,
    updatedAt: 2,
    leafId: messages[leaf % (messages.length + 1)]?.id ?? null,
    checklist: items.length === 0 ? null : { items: items.map((item, index) => ({ id: String(index), ...item })) },
    messages,
    attachments: [],
  };
}
