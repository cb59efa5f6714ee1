import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOwnFile, saveDialogFor } from '../../../../electron/window/saved-file.ts';

const folder = path.resolve('/home/anna/Downloads');

test.each([
  ['blob:app://nunba/0b9c', true],
  ['blob:app://nunba.evil/0b9c', false],
  ['blob:https://example.org/0b9c', false],
  ['app://nunba/index.html', false],
  ['https://example.org/a.exe', false],
  ['data:text/plain,x', false],
])('%s is a file of the page: %s', (address, isOwn) => {
  expect(isOwnFile(address)).toBe(isOwn);
});

test.each([
  ['Rename photos.md', 'Rename photos.md', 'Markdown'],
  ['nunba-2026-11-22.json', 'nunba-2026-11-22.json', 'JSON'],
  ['picture.png', 'picture.png', 'All files'],
  ['../../.bashrc', '-..-.bashrc', 'All files'],
  ['C:\\Windows\\a.md', 'C-Windows-a.md', 'Markdown'],
  ['a\u202Edm.exe', 'a-dm.exe', 'All files'],
  ['.', 'nunba', 'All files'],
  ['', 'nunba', 'All files'],
  ['what? why: "x".md', 'what- why- -x-.md', 'Markdown'],
])('%s is offered as %s, %s', (name, offered, kind) => {
  const dialog = saveDialogFor(name, folder);
  expect(dialog.defaultPath).toBe(path.join(folder, offered));
  expect(dialog.filters?.[0]?.name).toBe(kind);
});

test('no name leads out of the folder or is too long for a disk', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const offered = saveDialogFor(name, folder).defaultPath ?? '';
      expect(path.dirname(offered)).toBe(folder);
      expect(path.basename(offered).length).toBeLessThanOrEqual(120);
      expect(path.basename(offered)).not.toBe('');
    }),
  );
});
