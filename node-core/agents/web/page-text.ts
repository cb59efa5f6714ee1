/// <reference path="../html-to-text.d.ts" />
import type { ConvertOptions } from 'html-to-text';
import { callWithin } from '../../platform/timed-call.ts';

/** A page as text. */
export interface PageText {
  /** Empty if it has none. */
  readonly title: string;
  readonly text: string;
}

/** Longest title, in characters. */
const maxTitleChars = 300;

/** How far into a page its character set may be declared, in bytes (HTML standard: 1024). */
const declarationBytes = 1024;

/**
 * Longest reading of one page, ms; the process, which is there for that, does nothing else meanwhile. Pages of 2 MB that are
 * not made to be slow need 1 s, and several on a computer that has much to do.
 */
const readingMs = 8000;

/** How deep elements may stand within each other; what is deeper costs much and is shown nowhere. */
const maxDepth = 200;

/** How far into a page its title and its base are looked for, in characters. */
const headChars = 100_000;

type Kind = 'html' | 'plain';

/**
 * How a body of this type is read; `null`: it is no text.
 *
 * @param contentType as the header has it, or `null` if there is none
 */
export function kindOf(contentType: string | null): Kind | null {
  const type = (contentType ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  const isText = type.startsWith('text/') || /^application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript)$/.test(type);
  return isText || /^application\/(?:x-)?(?:ndjson|yaml|javascript|toml|rtf)$/.test(type) ? 'plain' : null;
}

/**
 * The text of a body: in the character set of its byte order mark, its header or its own declaration, in this order;
 * else UTF-8, or Windows-1252 if it is not that.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | null): string {
  const declared = byteOrderMark(bytes) ?? charsetIn(contentType ?? '') ?? declaredWithin(bytes);
  const decoder = declared === null ? null : decoderFor(declared);
  if (decoder) return decoder.decode(bytes);
  try {
    // A body that was cut may end within a character, which is no reason to doubt it.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const byteOrderMark = ([one, two, three]: Uint8Array): string | null => {
  if (one === 0xef && two === 0xbb && three === 0xbf) return 'utf-8';
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  return one === 0xfe && two === 0xff ? 'utf-16be' : null;
};

const charsetIn = (text: string): string | null => /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1] ?? null;

const declaredWithin = (bytes: Uint8Array): string | null => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, declarationBytes));
  const tag = /<meta\b[^>]*charset[^>]*>/i.exec(start)?.[0];
  return tag === undefined ? (/^<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1] ?? null) : charsetIn(tag);
};

function decoderFor(label: string): Pick<InstanceType<typeof TextDecoder>, 'decode'> | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

/**
 * A page of HTML as a person would read it: scripts, styles and what is hidden are left out, links become
 * `[text](address)`, pictures their alternative text. Loads its library when it is first called. Throws TookTooLong for
 * a page that is made to be slow.
 *
 * @param url what links are relative to
 */
export async function textOfHtml(html: string, url: URL): Promise<PageText> {
  const { convert } = await import('html-to-text');
  const base = baseOf(html, url);
  const options = optionsFor(base);
  const text = callWithin(readingMs, () => convert(html, options));
  const lines = text.split('\n').map((line) => line.trimEnd());
  return {
    title: titleOf(html),
    text: lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
  };
}

const optionsFor = (base: URL): ConvertOptions => ({
  wordwrap: false,
  baseElements: { selectors: ['body'] },
  limits: { maxInputLength: Number.MAX_SAFE_INTEGER, maxDepth, ellipsis: '…' },
  formatters: {
    link: (element, walk, builder) => {
      const address = linkAddress(element.attribs?.href, base);
      if (address === null) return walk(element.children, builder);
      builder.addInline('[', { noWordTransform: true });
      walk(element.children, builder);
      builder.addInline(`](${address})`, { noWordTransform: true });
    },
    picture: ({ attribs }, _walk, builder) => {
      const alternative = attribs?.alt?.trim() ?? '';
      if (alternative !== '') builder.addInline(`[picture: ${alternative}]`);
    },
  },
  selectors: [...formats, ...dropped.map((selector) => ({ selector, format: 'skip' }))],
});

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const formats = [
  { selector: 'a', format: 'link' },
  { selector: 'img', format: 'picture' },
  ...headings.map((selector) => ({ selector, options: { uppercase: false } })),
  { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: 'td', format: 'inlineSurround', options: { suffix: ' | ' } },
  { selector: 'th', format: 'inlineSurround', options: { suffix: ' | ' } },
];

const dropped = [
  ...[
    'script',
    'style',
    'noscript',
    'template',
    'svg',
    'iframe',
    'object',
    'canvas',
    'head',
    'title',
    'select',
    'button',
  ],
  '*[hidden]',
  '*[style*="display:none"i]',
  '*[style*="display: none"i]',
  '*[style*="visibility:hidden"i]',
  '*[style*="visibility: hidden"i]',
];

const baseOf = (html: string, url: URL): URL => {
  const href = /<base\b[^<>]*?href\s*=\s*["']?([^"'\s<>]+)/i.exec(html.slice(0, headChars))?.[1];
  return (href === undefined ? null : URL.parse(href, url.href)) ?? url;
};

/** Addresses without meaning to a reader are left out: scripts, data, places within the page. */
const linkAddress = (href: string | undefined, base: URL): string | null => {
  const address = href === undefined || href.startsWith('#') ? null : URL.parse(href, base.href);
  return address && ['http:', 'https:', 'mailto:'].includes(address.protocol) ? address.href : null;
};

const titleOf = (html: string): string => {
  const title = /<title\b[^<>]*>([^<]{0,2000})/i.exec(html.slice(0, headChars))?.[1] ?? '';
  return unescaped(title).replaceAll(/\s+/g, ' ').trim().slice(0, maxTitleChars);
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{1,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
