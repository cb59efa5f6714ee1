import { expect, test } from 'vitest';
import { limits } from '../../../node-core/api/conversation-views.ts';
import { attachmentRefusal } from '../../../renderer/features/chat/composer/attachment-rules.ts';

const file = (name: string, type: string, size = 100) => ({ name, type, size });

test.each([
  ['photo.png', 'image/png'],
  ['photo.webp', 'image/webp'],
  ['notes.txt', 'text/plain'],
  ['program.rs', ''],
  ['data.json', 'application/json'],
  ['drawing.svg', 'image/svg+xml'],
])('%s (%s) may be attached', (name, type) => {
  expect(attachmentRefusal(file(name, type), 0)).toBeNull();
});

test.each([
  ['film.mp4', 'video/mp4'],
  ['song.mp3', 'audio/mpeg'],
  ['photo.gif', 'image/gif'],
])('%s (%s) may not', (name, type) => {
  expect(attachmentRefusal(file(name, type), 0)).toEqual({ kind: 'unsupported-file', name });
});

test('texts and pictures have limits of their own', () => {
  expect(attachmentRefusal(file('a.txt', 'text/plain', limits.textAttachmentBytes), 0)).toBeNull();
  expect(attachmentRefusal(file('a.txt', 'text/plain', limits.textAttachmentBytes + 1), 0)).toEqual({
    kind: 'too-large',
    what: 'a.txt',
    sizeBytes: limits.textAttachmentBytes + 1,
    limitBytes: limits.textAttachmentBytes,
  });
  expect(attachmentRefusal(file('a.png', 'image/png', limits.imageAttachmentBytes), 0)).toBeNull();
  expect(attachmentRefusal(file('a.png', 'image/png', limits.imageAttachmentBytes + 1), 0)).toMatchObject({
    kind: 'too-large',
  });
});

test('so many files and no more', () => {
  const { attachmentsPerMessage } = limits;
  expect(attachmentRefusal(file('a.txt', 'text/plain'), attachmentsPerMessage - 1)).toBeNull();
  expect(attachmentRefusal(file('a.txt', 'text/plain'), attachmentsPerMessage)).toMatchObject({ kind: 'too-many' });
});
