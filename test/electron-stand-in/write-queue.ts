/**
 * Hands messages to `write` one after the other, from the event loop. What Playwright evaluates through the inspector
 * can interrupt any line of code, a write that is under way among them; a second write inside of it would tear both.
 */
export class WriteQueue<Message> {
  readonly #write: (message: Message) => void;
  readonly #waiting: Message[] = [];

  constructor(write: (message: Message) => void) {
    this.#write = write;
  }

  add(message: Message): void {
    if (this.#waiting.push(message) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    // The message stays first in line while it is written, so that an interruption starts no second round.
    while (this.#waiting.length > 0) {
      this.#write(this.#waiting[0] as Message);
      this.#waiting.shift();
    }
  }
}
