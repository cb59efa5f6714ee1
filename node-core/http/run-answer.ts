import type { AnswerEnding, Answerer, AnswerRequest } from '../protocol/ports/answers.ts';

/** Tokens of an answer; `null` where the provider did not say. */
export interface TokenCounts {
  readonly input: number | null;
  readonly output: number | null;
}

/** What an HTTP caller gets of an answer. */
export type AnswerPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'end'; readonly reason: AnswerEnding; readonly tokens: TokenCounts };

/** Runs an answer and gives what leaves over HTTP, as it arrives; `end` is the last. */
export async function* runAnswer(
  answerer: Answerer,
  request: AnswerRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerPiece, void, undefined> {
  let tokens: TokenCounts = { input: null, output: null };
  for await (const event of answerer.answer(request, signal)) {
    if (event.kind === 'text' || event.kind === 'reasoning') yield event;
    else if (event.kind === 'usage') tokens = { input: event.inputTokens, output: event.outputTokens };
    else if (event.kind === 'finish') yield { kind: 'end', reason: event.reason, tokens };
  }
}

/** The whole answer at once. */
export async function collectAnswer(
  pieces: AsyncIterable<AnswerPiece>,
): Promise<{ readonly text: string; readonly reason: AnswerEnding; readonly tokens: TokenCounts }> {
  let text = '';
  let end: Extract<AnswerPiece, { kind: 'end' }> | null = null;
  for await (const piece of pieces) {
    if (piece.kind === 'text') text += piece.text;
    else if (piece.kind === 'end') end = piece;
  }
  return { text, reason: end?.reason ?? 'complete', tokens: end?.tokens ?? { input: null, output: null } };
}
