/** A stretch of an answer: said to the person, or thought before. */
export interface Stretch {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

const open = '<think>';
const close = '</think>';

/**
 * Takes the thoughts out of an answer that begins with `<think>`, as local models write them. Only there: the same words
 * later in an answer are the answer's own. However the answer is cut into pieces, the stretches say the same.
 */
export class ThinkTags {
  #state: 'start' | 'thinking' | 'after' | 'text' = 'start';
  #held = '';

  push(piece: string): readonly Stretch[] {
    const stretches: Stretch[] = [];
    let rest = this.#held + piece;
    this.#held = '';
    for (let before = ''; before !== `${this.#state} ${rest}`; ) {
      before = `${this.#state} ${rest}`;
      rest = this.#step(rest, stretches);
    }
    this.#held = rest;
    return stretches.filter(({ text }) => text !== '');
  }

  /** What was held back because more could have come. */
  end(): readonly Stretch[] {
    const held = this.#held;
    this.#held = '';
    if (held === '' || this.#state === 'after') return [];
    return [{ kind: this.#state === 'thinking' ? 'reasoning' : 'text', text: held }];
  }

  /** Takes what it can from the front of `text` and returns what is to wait. */
  #step(text: string, out: Stretch[]): string {
    switch (this.#state) {
      case 'start':
        return this.#start(text);
      case 'thinking':
        return this.#think(text, out);
      case 'after': {
        const rest = text.trimStart();
        if (rest !== '') this.#state = 'text';
        return rest;
      }
      case 'text':
        out.push({ kind: 'text', text });
        return '';
    }
  }

  #start(text: string): string {
    const said = text.trimStart();
    if (said.startsWith(open)) {
      this.#state = 'thinking';
      return said.slice(open.length);
    }
    if (!open.startsWith(said)) this.#state = 'text';
    return text;
  }

  #think(text: string, out: Stretch[]): string {
    const end = text.indexOf(close);
    if (end !== -1) {
      out.push({ kind: 'reasoning', text: text.slice(0, end) });
      this.#state = 'after';
      return text.slice(end + close.length);
    }
    const held = partAtEnd(text, close);
    out.push({ kind: 'reasoning', text: text.slice(0, text.length - held) });
    return text.slice(text.length - held);
  }
}

/** How many characters at the end of `text` could be the beginning of `tag`. */
const partAtEnd = (text: string, tag: string): number => {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
};
