import type { AnswerEnding, AnswerEvent, Answerer, AnswerRequest } from '../../node-core/protocol/ports/answers.ts';

/** One answer that was asked for; the test decides what it says. */
export interface FakeAnswer {
  readonly request: AnswerRequest;
  readonly signal: AbortSignal;
  /** Says these, in order. */
  say(...events: readonly AnswerEvent[]): void;
  /** Says one text after the other. */
  text(...texts: readonly string[]): void;
  /** Ends the answer in order. */
  finish(reason?: AnswerEnding): void;
  /** Breaks off with an error. */
  fail(error: unknown): void;
  /** Ends the iteration without `finish`, as no answerer should. */
  cut(): void;
}

export interface FakeAnswerer extends Answerer {
  /** Every answer that was asked for, in order. */
  readonly answers: readonly FakeAnswer[];
  /** The next answer that is asked for and was not taken by `next` yet. */
  next(): Promise<FakeAnswer>;
}

/** Options of the double. */
interface FakeAnswererOptions {
  /** An answerer that goes on although it was told to stop. Default: it ends at once. */
  readonly ignoresAbort?: boolean;
  /** Called when an answer is asked for, before it is handed out. */
  readonly onAsked?: (request: AnswerRequest) => void;
}

/** An Answerer whose answers are written by the test. */
export function createFakeAnswerer(options: FakeAnswererOptions = {}): FakeAnswerer {
  const answers: FakeAnswer[] = [];
  const waiting: ((answer: FakeAnswer) => void)[] = [];
  let taken = 0;
  return {
    answers,
    next: () => {
      const ready = answers[taken];
      taken += 1;
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
    },
    answer(request, signal) {
      options.onAsked?.(request);
      const script = new Script();
      if (!options.ignoresAbort) {
        signal.addEventListener('abort', () => script.push({ error: new DOMException('aborted', 'AbortError') }));
      }
      const answer = createAnswer(request, signal, script);
      answers.push(answer);
      waiting.shift()?.(answer);
      return script.events();
    },
  };
}

function createAnswer(request: AnswerRequest, signal: AbortSignal, script: Script): FakeAnswer {
  const say = (...events: readonly AnswerEvent[]): void => {
    for (const event of events) script.push({ event });
  };
  return {
    request,
    signal,
    say,
    text: (...texts) => say(...texts.map((text) => ({ kind: 'text' as const, text }))),
    finish: (reason = 'complete') => {
      say({ kind: 'finish', reason });
      script.push({ end: true });
    },
    fail: (error) => script.push({ error }),
    cut: () => script.push({ end: true }),
  };
}

type Step = { readonly event: AnswerEvent } | { readonly error: unknown } | { readonly end: true };

class Script {
  readonly #steps: Step[] = [];
  #wake: (() => void) | null = null;

  push(step: Step): void {
    this.#steps.push(step);
    this.#wake?.();
  }

  async *events(): AsyncIterable<AnswerEvent> {
    for (;;) {
      const step = this.#steps.shift();
      if (!step) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      if ('error' in step) throw step.error;
      if ('end' in step) return;
      yield step.event;
    }
  }
}
