import type { AnswerEnding } from '../protocol/ports/answers.ts';
import type { AnswerPiece, TokenCounts } from './run-answer.ts';

/** What every part of one completion carries. */
export interface CompletionHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  /** As the caller named it. */
  readonly model: string;
}

/** OpenAI's API has one word for all that cuts an answer. */
const finishReason = (reason: AnswerEnding): 'stop' | 'length' => (reason === 'complete' ? 'stop' : 'length');

/** OpenAI's usage, or nothing where the provider did not count. */
function usageOf({ input, output }: TokenCounts): object | null {
  if (input === null || output === null) return null;
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

/** A whole completion. */
export function completionOf(
  head: CompletionHead,
  answer: { readonly text: string; readonly reason: AnswerEnding; readonly tokens: TokenCounts },
): object {
  const usage = usageOf(answer.tokens);
  return {
    ...head,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answer.text, refusal: null },
        logprobs: null,
        finish_reason: finishReason(answer.reason),
      },
    ],
    ...(usage ? { usage } : {}),
  };
}

/** The chunks of a streamed completion that a piece becomes. */
export function chunksOf(head: CompletionHead, piece: AnswerPiece, includeUsage: boolean): readonly object[] {
  if (piece.kind !== 'end') {
    return [chunk(head, piece.kind === 'text' ? { content: piece.text } : { reasoning_content: piece.text }, null)];
  }
  const last = chunk(head, {}, finishReason(piece.reason));
  const usage = usageOf(piece.tokens);
  return includeUsage ? [last, { ...head, object: 'chat.completion.chunk', choices: [], usage }] : [last];
}

/** The chunk that opens a stream. */
export function openingChunk(head: CompletionHead): object {
  return chunk(head, { role: 'assistant', content: '' }, null);
}

const chunk = (head: CompletionHead, delta: object, finish: 'stop' | 'length' | null): object => ({
  ...head,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
});
