import { describe, expect, it } from 'vitest';
import { decodeText, textOfHtml } from '../../../node-core/agents/knowledge/text/decode-text.ts';
import { kindOfFile } from '../../../node-core/agents/knowledge/text/file-kinds.ts';

const utf16 = (text: string, isBig: boolean, hasMark: boolean): Buffer => {
  const bytes = Buffer.from((hasMark ? '\uFEFF' : '') + text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('decodeText', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from('Grüße, 猫'), 'Grüße, 猫'],
    ['UTF-8 with a mark, which is kept so that places stay', Buffer.from('\uFEFFa'), '\uFEFFa'],
    ['UTF-16 with a mark', utf16('Grüße, 猫', false, true), 'Grüße, 猫'],
    ['UTF-16 the other way round', utf16('Grüße, 猫', true, true), 'Grüße, 猫'],
    ['UTF-16 without a mark', utf16('Plain words only', false, false), 'Plain words only'],
    ['Windows-1252', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80]), 'Grüße €'],
    ['nothing', Buffer.alloc(0), ''],
  ])('reads %s', (_, bytes, text) => expect(decodeText(bytes)).toMatchObject({ kind: 'text', text }));

  it.each([
    ['zeros', Buffer.from('ab\0cd\0\0ef and more of it')],
    ['the beginning of a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
    ['compressed bytes without a zero', Buffer.from(Array.from({ length: 4000 }, (_, n) => 1 + ((n * 7919) % 255)))],
  ])('takes %s for no text', (_, bytes) => expect(decodeText(bytes)).toEqual({ kind: 'binary' }));
});

it('reads of HTML what a reader sees', () => {
  const html =
    '<html><head><style>p{color:red}</style><script>alert(1)</script></head><body><h1>Title</h1><p>One &amp; <a href="http://x">two</a></p></body></html>';
  const text = textOfHtml(html);
  expect(text).toContain('Title');
  expect(text).toContain('One & two');
  expect(text).not.toMatch(/alert|color|http/);
});

describe('kindOfFile', () => {
  it.each([
    ['notes.txt', 'text'],
    ['README', 'text'],
    ['a.strange-ending', 'text'],
    ['page.HTML', 'html'],
    ['report.pdf', 'pdf'],
    ['letter.odt', 'odt'],
    ['letter.doc', 'document'],
    ['letter.DOCX', 'docx'],
    ['photo.JPG', 'binary'],
    ['id_rsa', 'secret'],
    ['id_ed25519.pub', 'secret'],
    ['server.pem', 'secret'],
    ['.env.local', 'secret'],
    ['prod.env', 'secret'],
    ['credentials.json', 'secret'],
    ['client_secret.json', 'secret'],
    ['passwords.kdbx', 'secret'],
    ['environment.md', 'text'],
    ['monkey.txt', 'text'],
    ['secretary.txt', 'text'],
  ])('%s is %s', (name, expected) => {
    const kind = kindOfFile(name);
    expect(kind.kind === 'skip' ? kind.reason : kind.kind).toBe(expected);
  });
});
