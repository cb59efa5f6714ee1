import { Parser } from 'htmlparser2';
import { DocumentLines } from './document-lines.ts';
import { DocumentFailure, type DocumentText } from './document-text.ts';
import { ZipFile } from './zip-file.ts';

/** What the elements of a kind of document are, by their names without prefix. */
interface Elements {
  readonly paragraphs: ReadonlySet<string>;
  /** What letters stand in; `null`: anywhere in a paragraph. */
  readonly texts: ReadonlySet<string> | null;
  readonly rows: string;
  readonly cells: string;
  /** What stands for characters. */
  readonly characters: Readonly<Record<string, string>>;
  /** What is left out with all that is in it: how something looks, what was deleted, what stands there twice. */
  readonly leftOut: ReadonlySet<string>;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Office Open XML, ISO/IEC 29500-1, 17. */
const wordElements: Elements = {
  paragraphs: set('p'),
  texts: set('t'),
  rows: 'tr',
  cells: 'tc',
  characters: { tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' },
  leftOut: set('pPr rPr tblPr tblGrid trPr tcPr sectPr del moveFrom Fallback'),
};

/** OpenDocument 1.3, part 3. */
const odtElements: Elements = {
  paragraphs: set('p h'),
  texts: null,
  rows: 'table-row',
  cells: 'table-cell',
  characters: { tab: '\t', 'line-break': '\n', s: ' ' },
  leftOut: set('tracked-changes annotation note-citation forms'),
};

/** Largest part of a document, unpacked, bytes: most of it is not text. */
const mostPartBytes = 100 * 1024 * 1024;
/** As much of a part as is read at once, bytes. */
const chunkBytes = 1024 * 1024;

/** The text of a Word document (.docx): its paragraphs, a row of a table as one line, then the notes. */
export function textOfDocx(bytes: Uint8Array): DocumentText {
  if (isCompound(bytes)) return { kind: 'trouble', trouble: isEncrypted(bytes) ? 'locked' : 'damaged' };
  return textOfParts(bytes, wordElements, (names) => [
    names.find((name) => /^word\/document\d*\.xml$/.test(name)) ?? 'word/document.xml',
    ...names.filter((name) => /^word\/(?:footnotes|endnotes)\d*\.xml$/.test(name)),
  ]);
}

/** The text of an OpenDocument text (.odt), as that of a Word document. */
export function textOfOdt(bytes: Uint8Array): DocumentText {
  return textOfParts(bytes, odtElements, () => ['content.xml']);
}

/** The file format of older Office programs, in which a document with a password stands. */
const isCompound = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 8)).toString('hex') === 'd0cf11e0a1b11ae1';

const isEncrypted = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('EncryptedPackage', 0, 'utf16le');

const textOfParts = (
  bytes: Uint8Array,
  elements: Elements,
  partsOf: (names: readonly string[]) => readonly string[],
): DocumentText => {
  try {
    const zip = new ZipFile(bytes);
    // OpenDocument says of each part whether it wants a password.
    if (zip.read('META-INF/manifest.xml', mostPartBytes)?.includes('encryption-data'))
      throw new DocumentFailure('locked');
    const reader = new PartReader(elements);
    for (const name of partsOf(zip.names())) {
      const part = zip.read(name, mostPartBytes);
      if (part === null) throw new DocumentFailure('damaged');
      reader.read(part);
    }
    return reader.lines.end();
  } catch (error) {
    if (error instanceof DocumentFailure) return { kind: 'trouble', trouble: error.trouble };
    throw error;
  }
};

/** Reads the XML of a part; it knows no entities but those of XML, so nothing in it grows. */
class PartReader {
  readonly lines = new DocumentLines();
  readonly #elements: Elements;
  /** Paragraphs that are open: one of a text box stands within another one. */
  #paragraphs: string[] = [];
  #rows: string[][] = [];
  #cells: string[][] = [];
  #leftOutDepth = 0;
  #textDepth = 0;

  constructor(elements: Elements) {
    this.#elements = elements;
  }

  read(part: Uint8Array): void {
    const parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(plainName(name), attributes),
        onclosetag: (name) => this.#close(plainName(name)),
        ontext: (text) => this.#text(text),
      },
      { xmlMode: true },
    );
    const decoder = new TextDecoder();
    for (let at = 0; at < part.length && !this.lines.isTooLong(); at += chunkBytes) {
      parser.write(decoder.decode(part.subarray(at, at + chunkBytes), { stream: true }));
    }
    parser.end();
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { leftOut, paragraphs, texts, rows, cells, characters } = this.#elements;
    if (this.#leftOutDepth > 0 || leftOut.has(name)) this.#leftOutDepth += 1;
    else if (paragraphs.has(name)) this.#paragraphs.push('');
    else if (texts?.has(name)) this.#textDepth += 1;
    else if (name === rows) this.#rows.push([]);
    else if (name === cells) this.#cells.push([]);
    else this.#append((characters[name] ?? '').repeat(spacesOf(attributes)));
  }

  #close(name: string): void {
    const { paragraphs, texts, rows, cells } = this.#elements;
    if (this.#leftOutDepth > 0) this.#leftOutDepth -= 1;
    else if (paragraphs.has(name)) this.#put(this.#paragraphs.pop() ?? '');
    else if (texts?.has(name)) this.#textDepth -= 1;
    else if (name === rows) this.#put((this.#rows.pop() ?? []).join(' | '));
    else if (name === cells) this.#rows.at(-1)?.push((this.#cells.pop() ?? []).filter((text) => text !== '').join(' '));
  }

  #text(text: string): void {
    const isText = this.#elements.texts === null || this.#textDepth > 0;
    // Line breaks of the XML mean no more than a space.
    if (this.#leftOutDepth === 0 && isText) this.#append(text.replace(/[\r\n\t]+/g, ' '));
  }

  #append(text: string): void {
    const last = this.#paragraphs.length - 1;
    if (last >= 0) this.#paragraphs[last] += text;
  }

  /** What stands in a cell is one line with the others of its row. */
  #put(text: string): void {
    const cell = this.#cells.at(-1);
    if (cell) cell.push(text.replaceAll('\n', ' '));
    else for (const line of text.split('\n')) this.lines.add(line);
  }
}

const plainName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** How many spaces `text:s` of OpenDocument stands for; 1 for everything else. */
const spacesOf = (attributes: Readonly<Record<string, string>>): number =>
  Math.min(100, Math.max(1, Number(attributes['text:c'] ?? 1) || 1));
