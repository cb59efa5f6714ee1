import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPageAddress, pageFile } from '../../../electron/window/page-address.ts';

const folder = path.resolve('/page');

test.each([
  ['app://nunba/', 'index.html'],
  ['app://nunba', 'index.html'],
  ['app://nunba/?x=1#y', 'index.html'],
  ['app://nunba/assets/index-a1.js', 'assets/index-a1.js'],
  ['app://nunba/a%20b.png', 'a b.png'],
])('%s is the file %s', (address, file) => {
  expect(pageFile(folder, address)).toBe(path.join(folder, file));
});

test.each([
  'app://other/index.html',
  'app://nunba.example/index.html',
  'https://nunba/index.html',
  'file:///page/index.html',
  'app://nunba/%2e%2e%2fsecret',
  'app://nunba/..%5csecret',
  'app://nunba/%00',
  'app://nunba/%',
  'app://nunba/.hidden',
  'app://nunba/C:/Windows/win.ini',
  'no address',
])('%s is no file of the page', (address) => {
  expect(pageFile(folder, address)).toBeNull();
});

test('no address leads out of the folder', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '%2e%2e', '%2E.', '%2f', '%5c', '\\', '/', '//', '%00', '.', 'assets', 'C:', '~'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const file = pageFile(folder, `app://nunba/${parts.join('/')}`);
      if (file === null) return;
      const way = path.relative(folder, file);
      expect(way.split(path.sep)).not.toContain('..');
      expect(path.isAbsolute(way)).toBe(false);
    }),
  );
});

test.each([
  ['app://nunba/', true],
  ['app://nunba/index.html', true],
  ['app://nunba.example/', false],
  ['app://user@nunba.example/', false],
  ['https://nunba/', false],
  ['', false],
])('%s is the page: %s', (address, isPage) => {
  expect(isPageAddress(address)).toBe(isPage);
});
