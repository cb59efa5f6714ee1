import { describeFailure } from '../../api/failure-sentences.ts';
import type { Failure } from '../../api/failures.ts';
import { openLanguageModel, type ProviderAccess } from './language-model.ts';
import { failureInside } from './network-failure.ts';
import { readStream } from './read-stream.ts';
import { silenceMs } from './send-request.ts';
import { noSuchModel } from './test-model-list.ts';
import { TestEnd } from './test-steps.ts';
import type { TestMeans } from './test-subject.ts';

/** Short on purpose: a test must not cost more than a word. */
const question = 'Answer with the one word: ready';

/**
 * The step `answer`: asks the model one short question and stops it at its first sign of life.
 *
 * @throws TestEnd; the breaker's refusal when it is tripped before or meanwhile; the reason of `means.signal`
 */
export async function testAnswer(
  access: ProviderAccess,
  model: string,
  listed: readonly string[],
  means: TestMeans,
): Promise<void> {
  const { host } = new URL(access.url);
  const context = { host, model, key: access.key, now: means.clock.now() };
  const stop = new AbortController();
  const { breaker, clock } = means;
  const trip = breaker.signal();
  const call = {
    prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: question }] }],
    abortSignal: AbortSignal.any([stop.signal, means.signal, trip]),
  };
  try {
    breaker.pass();
    const opened = await openLanguageModel(access, model, clock, () => breaker.pass());
    for await (const _ of readStream(opened, call, context)) return;
  } catch (error) {
    means.signal.throwIfAborted();
    trip.throwIfAborted();
    const failure = failureInside(error)?.failure;
    throw failure ? endOf(failure, access, model, listed) : error;
  } finally {
    stop.abort();
  }
}

function endOf(failure: Failure, access: ProviderAccess, model: string, listed: readonly string[]): TestEnd {
  const { host } = new URL(access.url);
  const again = { kind: 'test-again' } as const;
  switch (failure.kind) {
    case 'model-refused-key':
      return new TestEnd({ kind: 'unauthorized', host, hasKey: failure.hasKey }, { kind: 'enter-key' }, 'key');
    case 'model-unknown':
      return noSuchModel(model, listed);
    case 'model-error':
      return new TestEnd({ kind: 'other', host, status: failure.status, detail: failure.detail }, again);
    case 'model-rate-limited':
      return new TestEnd({ kind: 'other', host, status: 429, detail: describeFailure(failure) }, again);
    case 'model-bad-answer':
      if (failure.cause === 'silent') return new TestEnd({ kind: 'timeout', host, seconds: silenceMs / 1000 }, again);
      return new TestEnd({ kind: 'other', host, status: null, detail: describeFailure(failure) }, again);
    default:
      return new TestEnd({ kind: 'other', host, status: null, detail: describeFailure(failure) }, again);
  }
}
