import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInside, placeWithin, type Root } from '../../../node-core/agents/files/reach/place-within.ts';

const photos: Root = { path: '/home/a/Photos', name: 'Photos' };
const texts: Root = { path: '/home/a/Texts', name: 'Texts' };
const windows: Root = { path: 'C:\\Users\\a\\Photos', name: 'Photos' };

type Row = readonly [given: string, expected: string | null];

describe('one folder on Linux and macOS', () => {
  test.each<Row>([
    ['', '/home/a/Photos'],
    ['.', '/home/a/Photos'],
    ['a.jpg', '/home/a/Photos/a.jpg'],
    ['./a.jpg', '/home/a/Photos/a.jpg'],
    ['2024/', '/home/a/Photos/2024'],
    ['2024//a.jpg', '/home/a/Photos/2024/a.jpg'],
    ['2024/../a.jpg', '/home/a/Photos/a.jpg'],
    ['/home/a/Photos', '/home/a/Photos'],
    ['/home/a/Photos/a.jpg', '/home/a/Photos/a.jpg'],
    ['/home/a/Photos/../Photos/a.jpg', '/home/a/Photos/a.jpg'],
    ['..jpg', '/home/a/Photos/..jpg'],
    ['...', '/home/a/Photos/...'],
    ['a\\..\\..\\b', '/home/a/Photos/a\\..\\..\\b'],
    ['file:///etc/passwd', '/home/a/Photos/file:/etc/passwd'],
    ['..', null],
    ['../Texts/a', null],
    ['2024/../../Texts', null],
    ['/etc/passwd', null],
    ['/home/a/Photos2/a.jpg', null],
    ['/home/a/Photos/../../b', null],
    ['/home/A/Photos/a.jpg', null],
    ['/home/a/photos/a.jpg', null],
    ['/', null],
    ['//home/a/secret', null],
    ['~', null],
    ['~/Photos/a.jpg', null],
    ['a\0.jpg', null],
    ['a\nb', null],
    ['a\u202egpj.exe', null],
    ['x'.repeat(256), null],
    ['ü'.repeat(128), null],
    ['x/'.repeat(2100), null],
  ])('%j', (given, expected) => {
    const placed = placeWithin([photos], given, 'linux');
    expect(placed.kind === 'within' ? placed.path : null).toBe(expected);
  });
});

describe('several folders', () => {
  test.each<Row>([
    ['Photos/a.jpg', '/home/a/Photos/a.jpg'],
    ['./Texts/b', '/home/a/Texts/b'],
    ['Texts', '/home/a/Texts'],
    ['/home/a/Texts/b', '/home/a/Texts/b'],
    ['Photos/../Texts/b', '/home/a/Texts/b'],
    ['a.jpg', null],
    ['', null],
    ['Other/a.jpg', null],
    ['Photos/../../b', null],
    ['/home/a', null],
  ])('%j', (given, expected) => {
    const placed = placeWithin([photos, texts], given, 'linux');
    expect(placed.kind === 'within' ? placed.path : null).toBe(expected);
  });
});

describe('Windows', () => {
  test.each<Row>([
    ['a.jpg', 'C:\\Users\\a\\Photos\\a.jpg'],
    ['2024/a.jpg', 'C:\\Users\\a\\Photos\\2024\\a.jpg'],
    ['C:\\Users\\a\\Photos\\a.jpg', 'C:\\Users\\a\\Photos\\a.jpg'],
    ['c:/users/A/PHOTOS/a.jpg', 'c:\\users\\A\\PHOTOS\\a.jpg'],
    ['console.txt', 'C:\\Users\\a\\Photos\\console.txt'],
    ['common/com10', 'C:\\Users\\a\\Photos\\common\\com10'],
    ['..\\b', null],
    ['2024\\..\\..\\b', null],
    ['2024/..\\../b', null],
    ['C:\\Windows\\a', null],
    ['D:\\Users\\a\\Photos\\a.jpg', null],
    ['C:a.jpg', null],
    ['\\Users\\a\\Photos\\a.jpg', null],
    ['/Users/a/Photos/a.jpg', null],
    ['\\\\server\\share\\a', null],
    ['\\\\?\\C:\\Users\\a\\Photos\\a.jpg', null],
    ['\\\\.\\PhysicalDrive0', null],
    ['//./C:/Users/a/Photos', null],
    ['\\??\\C:\\Users\\a\\Photos', null],
    ['a.jpg:hidden', null],
    ['a.jpg::$DATA', null],
    ['C:\\Users\\a\\Photos\\a.jpg:hidden', null],
    ['con', null],
    ['CON.txt', null],
    ['nul', null],
    ['2024\\Aux.tar.gz', null],
    ['com1', null],
    ['LPT9.log', null],
    ['com¹', null],
    ['conin$', null],
    ['prn .txt', null],
    ['a.jpg.', null],
    ['a.jpg ', null],
    ['.. \\b', null],
    ['...\\b', null],
    ['a?.jpg', null],
    ['*.jpg', null],
    ['a|b', null],
  ])('%j', (given, expected) => {
    const placed = placeWithin([windows], given, 'win32');
    expect(placed.kind === 'within' ? placed.path : null).toBe(expected);
  });
});

const part = fc.oneof(
  fc.constantFrom('..', '.', '', '/', '\\', 'Photos', 'C:', 'home', 'a', '...', ' ', '~', ':', '..\\', '../', '\0'),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const anyPath = fc
  .tuple(
    fc.constantFrom('', '/', '\\', '\\\\', 'C:\\', 'c:', '/home/a/Photos/', 'C:\\Users\\a\\Photos\\'),
    fc.array(part),
    fc.constantFrom('/', '\\', ''),
  )
  .map(([start, parts, between]) => start + parts.join(between));

test.each(['linux', 'darwin', 'win32'] as const)('no text leads out of the folders on %s', (platform) => {
  const rules = platform === 'win32' ? path.win32 : path.posix;
  const roots = platform === 'win32' ? [windows] : [photos, texts];
  fc.assert(
    fc.property(anyPath, fc.boolean(), (given, isOne) => {
      const placed = placeWithin(isOne ? roots.slice(0, 1) : roots, given, platform);
      if (placed.kind === 'refused') return;
      expect(rules.resolve(placed.path)).toBe(placed.path);
      expect(placed.path.includes('\0')).toBe(false);
      const below = placed.path.slice(placed.root.path.length);
      expect(placed.path.slice(0, placed.root.path.length).toLowerCase()).toBe(placed.root.path.toLowerCase());
      expect(below === '' || below.startsWith(rules.sep)).toBe(true);
      expect(below.split(rules.sep)).not.toContain('..');
      expect(isInside(placed.root.path, placed.path, rules)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
