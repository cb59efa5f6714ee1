/// <reference path="../../html-to-text.d.ts" />
import { type CompileOptions, compile } from 'html-to-text';

/** How the text of a file stands on the disk. `plain`: UTF-8, so that a part of it can be read alone. */
export type TextForm = 'plain' | 'other';

/** A file's text, or that it is none. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly form: TextForm }
  | { readonly kind: 'binary' };

/** As far as is looked for zeros, bytes. */
const lookedAtBytes = 8192;

/**
 * Reads bytes as text: UTF-8, UTF-16 with a mark or recognisable by its zeros, else Windows-1252 where nothing speaks
 * against it. A byte order mark is left out, but for UTF-8 it is kept, so that places in the text stay those in the file.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return { kind: 'text', text: new TextDecoder(utf16).decode(bytes), form: 'other' };
  if (bytes.subarray(0, lookedAtBytes).includes(0)) return { kind: 'binary' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return isProse(text.slice(0, lookedAtBytes)) ? { kind: 'text', text, form: 'plain' } : { kind: 'binary' };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return isProse(text.slice(0, lookedAtBytes)) ? { kind: 'text', text, form: 'other' } : { kind: 'binary' };
  }
}

const utf16Of = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, Math.min(lookedAtBytes, bytes.length - (bytes.length % 2)));
  if (start.length < 4) return null;
  const zeros = [0, 0];
  for (let at = 0; at < start.length; at += 1) if (start[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = (start.length / 2) * 0.7;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : null;
};

/** Text has hardly any control characters. */
const isProse = (text: string): boolean => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const controls = text.match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F]/g)?.length ?? 0;
  return controls <= text.length / 200;
};

const htmlOptions: CompileOptions = {
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
  limits: { maxInputLength: 6_000_000, maxDepth: 200 },
};

/** What a reader of the page sees; its lines are not those of the file. */
export function textOfHtml(html: string): string {
  return compile(htmlOptions)(html);
}
