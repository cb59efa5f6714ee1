/** Most characters of the end of a partial answer that the model is asked to repeat. */
const tailChars = 60;

/** The last words of a partial answer: what the continuation is to begin with. Empty if there are none. */
export function tailOf(partial: string): string {
  const line = partial.trimEnd().split('\n').at(-1) ?? '';
  if (line.length <= tailChars) return line.trimStart();
  const cut = line.slice(-tailChars);
  const word = cut.search(/\s\S/);
  return word === -1 ? cut : cut.slice(word + 1);
}

/**
 * Asks any model, whatever its wire format, to carry its own answer on. It repeats the last words first, because models
 * begin a message with a new sentence otherwise; a Joiner takes them away again.
 */
export function continuationPrompt(partial: string): string {
  const tail = tailOf(partial);
  const begin = tail === '' ? '' : ` Begin by repeating its last words exactly: ${JSON.stringify(tail)}, then go on.`;
  return `Your last message broke off. Continue it from exactly where it stopped.${begin} Do not start again, do not introduce, do not apologise.`;
}

/** Joins a continuation to the partial answer: what it repeats of the last words is left out. */
export class Joiner {
  #held = '';
  #isJoined: boolean;
  readonly #partial: string;
  readonly #tail: string;

  /** @param partial `''`: nothing to join, everything passes */
  constructor(partial: string) {
    this.#partial = partial;
    this.#tail = tailOf(partial);
    this.#isJoined = this.#tail === '';
  }

  push(piece: string): string {
    if (this.#isJoined) return piece;
    this.#held += piece;
    const readings = [this.#held.trimStart(), withoutOpening(this.#held)];
    const said = readings.find((reading) => reading.startsWith(this.#tail));
    if (said !== undefined) return this.#join(afterTail(said.slice(this.#tail.length), this.#partial));
    if (readings.some((reading) => this.#tail.startsWith(reading))) return '';
    return this.#join(this.#spaced());
  }

  /** What was held back because it could have been a repetition. */
  end(): string {
    if (this.#isJoined || this.#held === '') return '';
    return this.#join(this.#spaced());
  }

  #join(text: string): string {
    this.#isJoined = true;
    this.#held = '';
    return text;
  }

  /** Two words must not become one. A partial answer that broke off within a word is rarer than one between two. */
  #spaced(): string {
    const isWithinWord = /[\p{L}\p{N},.;:!?]$/u.test(this.#partial) && /^[\p{L}\p{N}]/u.test(this.#held);
    return isWithinWord ? ` ${this.#held}` : this.#held;
  }
}

/** Models put dots, quotation marks or white space before what they repeat. */
const withoutOpening = (text: string): string => text.replace(/^[\s"'“”„…]*(?:\.{3}\s*)?/, '');

/** The partial answer's own white space at its end is there already. */
const afterTail = (rest: string, partial: string): string => (/\s$/.test(partial) ? rest.trimStart() : rest);
