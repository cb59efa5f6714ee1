import { describe, expect, it } from 'vitest';
import { countLines, diffLines } from '../../../renderer/hands/diff-lines.ts';
import { lastName, pathBelow } from '../../../renderer/hands/path-names.ts';
import { splitUrl } from '../../../renderer/hands/split-url.ts';
import { noteDiff } from '../../builders/deeds.ts';

describe('a diff', () => {
  it('is read line by line, without the names of the files', () => {
    expect(diffLines(noteDiff)).toEqual([
      { kind: 'place', text: '@@ -1,3 +1,3 @@' },
      { kind: 'same', text: 'Buy bread' },
      { kind: 'removed', text: 'Call Ann' },
      { kind: 'added', text: 'Call Ben' },
      { kind: 'same', text: 'Sleep' },
    ]);
    expect(countLines(diffLines(noteDiff))).toEqual({ added: 1, removed: 1 });
  });

  it('shows a removed line that looks like the name of a file', () => {
    expect(diffLines('--- a\n+++ b\n@@ -1 +1 @@\n--- all of it\n+++ nothing\n').slice(1)).toEqual([
      { kind: 'removed', text: '-- all of it' },
      { kind: 'added', text: '++ nothing' },
    ]);
  });

  it('keeps a carriage return where only some lines have one', () => {
    expect(diffLines('@@ -1 +1 @@\n-one\n+one\r\n').at(-1)).toEqual({ kind: 'added', text: 'one\r' });
    expect(diffLines('@@ -1 +1 @@\n-one\r\n+two\r\n').at(-1)).toEqual({ kind: 'added', text: 'two' });
  });

  it('tells remarks from content', () => {
    expect(diffLines('@@ -1 +1 @@\n+a\n\\ No newline at end of file').at(-1)).toEqual({
      kind: 'note',
      text: 'No newline at end of file',
    });
  });
});

describe('a path', () => {
  it.each([
    ['/home/ann/Invoices', '/home/ann/Invoices/2026/a.pdf', '2026/a.pdf'],
    ['/home/ann/Invoices/', '/home/ann/Invoices/a.pdf', 'a.pdf'],
    ['C:\\Users\\ann', 'C:\\Users\\ann\\a.pdf', 'a.pdf'],
    ['/home/ann/In', '/home/ann/Invoices/a.pdf', '/home/ann/Invoices/a.pdf'],
    ['/home/ann', '/etc/passwd', '/etc/passwd'],
    ['/home/ann', '/home/ann', '/home/ann'],
  ])('below %s, %s is %s', (folder, path, below) => {
    expect(pathBelow(folder, path)).toBe(below);
  });

  it.each([
    ['/home/ann/', 'ann'],
    ['C:\\', 'C:'],
    ['/', '/'],
  ])('%s ends in %s', (path, name) => {
    expect(lastName(path)).toBe(name);
  });
});

describe('an address', () => {
  it.each([
    ['https://example.org/a?b=1', 'https://', 'example.org', '/a?b=1'],
    ['https://example.org@evil.test/', 'https://example.org@', 'evil.test', '/'],
    ['https://evil.test#@example.org/', 'https://', 'evil.test', '#@example.org/'],
    ['https://evil.test\\@example.org/', 'https://', 'evil.test', '\\@example.org/'],
    ['http://a:b@[::1]:8080/x', 'http://a:b@', '[::1]:8080', '/x'],
    ['nothing', 'nothing', '', ''],
  ])('%s asks its true host', (url, before, host, after) => {
    expect(splitUrl(url)).toEqual({ before, host, after });
  });
});
