import type { AnswerEvent, AnswerRequest } from '../../protocol/ports/answers.ts';
import type { Guide } from './create-guide.ts';

/** The Guide's answers come in a few pieces, so that they are stored and shown on the same way as a model's. */
export async function* guideAnswer(guide: Guide, { history }: AnswerRequest): AsyncGenerator<AnswerEvent> {
  yield { kind: 'provenance', provenance: { kind: 'guide' } };
  const question = history.findLast((message) => message.role === 'user');
  const text = await guide.answer(question?.role === 'user' ? question.text : '');
  for (const piece of text.match(/[\s\S]+?(?:\n\n|$)/g) ?? []) yield { kind: 'text', text: piece };
  yield { kind: 'finish', reason: 'complete' };
}
