import type { HighlightAnswer, HighlightedLine, HighlightQuestion } from './highlight-messages.ts';

type Waiting = (lines: readonly HighlightedLine[] | null) => void;

/** Asks a worker to colour code, so that the page stays free; the worker starts with the first question. */
export class Highlighter {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  /** Coloured lines of some code, or `null` for a language that is not known. */
  ask(code: string, language: string): Promise<readonly HighlightedLine[] | null> {
    this.#worker ??= this.#start();
    this.#lastId += 1;
    const question: HighlightQuestion = { id: this.#lastId, code, language };
    const answer = new Promise<readonly HighlightedLine[] | null>((resolve) => this.#waiting.set(question.id, resolve));
    this.#worker.postMessage(question);
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => {
      this.#waiting.get(data.id)?.(data.lines);
      this.#waiting.delete(data.id);
    });
    worker.addEventListener('error', () => this.#giveUp());
    return worker;
  }

  /** Without a worker code stays as it is. */
  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
