import type { AssistantMessageView } from '../../../../node-core/api/conversation-views.ts';

/** What the meta line says about speed. */
export interface MessageSpeed {
  readonly firstTokenSeconds: number | null;
  readonly tokensPerSecond: number | null;
}

/**
 * How fast an answer came. Tokens per second count from the first token, so that a slow start is not told twice; an
 * answer shorter than a tenth of a second has no speed worth telling.
 */
export function messageSpeed(timing: AssistantMessageView['timing']): MessageSpeed {
  if (!timing) return { firstTokenSeconds: null, tokensPerSecond: null };
  const firstTokenSeconds = timing.firstTokenMs === null ? null : timing.firstTokenMs / 1000;
  const writingMs = timing.durationMs - (timing.firstTokenMs ?? 0);
  const tokensPerSecond =
    timing.outputTokens === null || writingMs < 100 ? null : (timing.outputTokens * 1000) / writingMs;
  return { firstTokenSeconds, tokensPerSecond };
}
