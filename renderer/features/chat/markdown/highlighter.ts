import type { HighlightAnswer, HighlightedLine, HighlightQuestion } from './highlight-messages.ts';

type Waiting = (lines: readonly HighlightedLine[] | null) => void;

/** Asks a worker to colour code, so that the page stays free; the worker starts with the first question. */
export class Highlighter {
  readonly #start: () => Worker | null;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  /** @param start makes the worker, or `null` where there is none: then code stays as it is */
  constructor(start: () => Worker | null) {
    this.#start = start;
  }

  /** Coloured lines of some code, or `null` for a language that is not known. */
  ask(code: string, language: string): Promise<readonly HighlightedLine[] | null> {
    const worker = this.#started();
    if (!worker) return Promise.resolve(null);
    this.#lastId += 1;
    const question: HighlightQuestion = { id: this.#lastId, code, language };
    const answer = new Promise<readonly HighlightedLine[] | null>((resolve) => this.#waiting.set(question.id, resolve));
    worker.postMessage(question);
    return answer;
  }

  #started(): Worker | null {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    worker?.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => {
      this.#waiting.get(data.id)?.(data.lines);
      this.#waiting.delete(data.id);
    });
    worker?.addEventListener('error', () => this.#giveUp());
    return worker;
  }

  /** A broken worker leaves code as it is. */
  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
