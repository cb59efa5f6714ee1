import { FailureError } from '../../../api/failures.ts';

/** Lets one in after the other, in the order in which they came; at most so many wait. */
export class OneAtATime {
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
  }

  /** Whether somebody is in. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /**
   * Resolves when it is the caller's turn, with what ends the turn; that is to be called once. Rejects with `too-many`,
   * or with the signal's reason.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isTaken) await this.#wait(signal);
    this.#isTaken = true;
    return () => {
      this.#isTaken = false;
      this.#waiting.shift()?.();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new FailureError({ kind: 'too-many', what: 'requests wait for this model', limit: this.#mostWaiting });
    }
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener('abort', leave);
        // Taken before anybody else can come in between.
        this.#isTaken = true;
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      this.#waiting.push(turn);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
