import { FailureError, failureOf } from '../api/failures.ts';
import type { Breaker } from '../protocol/ports/breaker.ts';
import type { ChosenModel, Models } from './models/create-models.ts';
import type { Prompt } from './models/language-model.ts';
import { readStream } from './models/read-stream.ts';
import { type OpenMeans, openModel } from './open-model.ts';

/** Longest answer that is read, in characters. */
const maxAnswerChars = 100_000;

/** Longest wait for the whole answer, ms. */
const answerWithinMs = 3 * 60_000;

/** What a question to a model is asked with. */
export interface AskMeans extends OpenMeans {
  readonly models: Pick<Models, 'report'>;
  readonly breaker: Breaker;
}

/**
 * Asks a model one question, without tools and outside of any chat, and resolves with all its text. Throws a
 * FailureError for what the provider refuses with, `agent-limit` when it says too much or takes too long; aborting the
 * signal rejects with its reason.
 */
export async function askModel(
  means: AskMeans,
  chosen: ChosenModel,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<string> {
  const { clock, breaker, models } = means;
  const { model } = chosen;
  const late = new AbortController();
  const limit = { kind: 'agent-limit', limit: 'time', allowed: answerWithinMs / 1000 } as const;
  const timer = clock.after(answerWithinMs, () => late.abort(new FailureError(limit)));
  const abortSignal = AbortSignal.any([signal, breaker.signal(), late.signal]);
  try {
    breaker.pass();
    const { language, context } = await openModel(chosen, means);
    let text = '';
    for await (const event of readStream(language, { prompt, abortSignal }, context)) {
      if (event.kind === 'text') text += event.text;
      if (text.length > maxAnswerChars) {
        throw new FailureError({ kind: 'agent-limit', limit: 'size', allowed: maxAnswerChars });
      }
    }
    models.report(model.providerId, null);
    return text;
  } catch (error) {
    const failure = failureOf(error);
    if (failure && !abortSignal.aborted) models.report(model.providerId, failure);
    throw error;
  } finally {
    timer.cancel();
  }
}

/** The object in an answer of a model that was asked for JSON, whatever it wrote around it; `undefined`: there is none. */
export function objectIn(answer: string): unknown {
  const text = answer.replace(/<think>[\s\S]*?<\/think>/g, '');
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}
