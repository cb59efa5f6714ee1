import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachmentKind } from '../../node-core/protocol/attachment-kind.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0]);
const webp = bytes('RIFF\x01\x02\x03\x04WEBPVP8 ');

test.each([
  ['photo.png', 'image/png', png, 'image/png'],
  ['photo.png', 'image/png', jpeg, 'image/jpeg'],
  ['no name', '', webp, 'image/webp'],
  ['notes.txt', 'text/plain', png, 'image/png'],
])('%s as %s is a picture by its first bytes', (name, mediaType, content, expected) => {
  expect(attachmentKind(name, mediaType, content)).toEqual({ kind: 'image', mediaType: expected });
});

test.each([
  ['notes.txt', 'text/plain', 'text/plain'],
  ['notes.md', 'text/markdown; charset=utf-8', 'text/markdown'],
  ['data.json', 'application/json', 'application/json'],
  ['feed', 'application/atom+xml', 'application/atom+xml'],
  ['main.rs', '', 'text/plain'],
  ['Makefile', 'application/octet-stream', 'text/plain'],
  ['page.ts', 'video/mp2t', 'text/plain'],
  ['drawing.svg', 'image/svg+xml', 'text/plain'],
])('%s as %s is text', (name, mediaType, expected) => {
  expect(attachmentKind(name, mediaType, bytes('grüße\r\n\t'))).toEqual({ kind: 'text', mediaType: expected });
});

test('an empty file is text', () => {
  expect(attachmentKind('empty', '', new Uint8Array())).toEqual({ kind: 'text', mediaType: 'text/plain' });
});

test.each([
  ['a document', 'a.pdf', 'application/pdf', bytes('%PDF-1.4')],
  ['an archive', 'a.zip', 'application/zip', bytes('PK')],
  ['a film', 'a.mp4', 'video/mp4', bytes('ftyp')],
  ['a picture of another kind', 'a.gif', 'image/gif', bytes('GIF89a')],
  ['a picture that is none', 'a.png', 'image/png', bytes('hello')],
  ['text in UTF-16', 'a.txt', 'text/plain', new Uint8Array([0xff, 0xfe, 0x41, 0x00])],
  ['text in Latin-1', 'a.txt', 'text/plain', new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65])],
  ['text with a zero in it', 'a.txt', 'text/plain', new Uint8Array([0x41, 0x00])],
])('%s is refused', (_, name, mediaType, content) => {
  expect(attachmentKind(name, mediaType, content)).toEqual({ kind: 'unsupported' });
});

test('whatever the bytes, text is what can be read back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (content) => {
      if (attachmentKind('a.txt', '', content).kind !== 'text') return;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
      expect(new TextEncoder().encode(text)).toEqual(content);
    }),
    { numRuns: 2000 },
  );
});
