import { type DocumentText, documentLimits } from './document-text.ts';

/** Longest line of the text of a document, in UTF-16 units: a paragraph becomes several, cut at spaces. */
const mostLineChars = 1_000;

/** Gathers the text of a document line by line, until it is too long. */
export class DocumentLines {
  readonly #lines: string[] = [];
  readonly #pages: number[] = [];
  #chars = 0;

  /** What comes next stands on a page of its own. */
  beginPage(): void {
    this.#pages.push(this.#lines.length + 1);
  }

  /** Adds a paragraph or a line; an empty one only between two others. */
  add(text: string): void {
    const plain = plainOf(text);
    const isFirst = this.#lines.length + 1 === (this.#pages.at(-1) ?? 1);
    if (plain === '' && (isFirst || this.#lines.at(-1) === '')) return;
    for (const line of wrapped(plain)) this.#lines.push(line);
    this.#chars += plain.length + 1;
  }

  isTooLong(): boolean {
    return this.#chars > documentLimits.chars || this.#pages.length > documentLimits.pages;
  }

  /** All of it. A page that holds nothing keeps its number: it begins where the next one does. */
  end(): DocumentText {
    if (this.isTooLong()) return { kind: 'trouble', trouble: 'too-long' };
    if (!this.#lines.some((line) => /[\p{L}\p{N}]/u.test(line))) return { kind: 'trouble', trouble: 'no-text' };
    return { kind: 'text', lines: this.#lines, pages: this.#pages };
  }
}

/** Without what no line of a text holds. */
const plainOf = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
    .replace(/[\u0000-\u0008\u000A-\u001F\u007F\u0085\u2028\u2029]+/g, ' ')
    .trimEnd();

function* wrapped(text: string): Generator<string> {
  let rest = text;
  while (rest.length > mostLineChars) {
    const space = rest.lastIndexOf(' ', mostLineChars);
    const isBroken = space < mostLineChars / 2;
    const isPair = /[\uDC00-\uDFFF]/.test(rest[mostLineChars] ?? '');
    const cut = isBroken ? mostLineChars - (isPair ? 1 : 0) : space;
    yield rest.slice(0, cut);
    rest = rest.slice(isBroken ? cut : cut + 1);
  }
  yield rest;
}
