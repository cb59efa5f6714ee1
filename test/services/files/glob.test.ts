import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { compileGlob } from '../../../node-core/agents/files/tools/glob.ts';
import { ToolRefusal } from '../../../node-core/agents/tools/tool.ts';

test.each([
  ['*.md', 'a.md', true],
  ['*.md', 'inner/a.md', true],
  ['*.md', 'a.mdx', false],
  ['*.md', '.hidden.md', false],
  ['.*', '.hidden', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?', '😀', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b', 'xxaxxbxx', false],
  ['[a-c]1', 'b1', true],
  ['[!a-c]1', 'b1', false],
  ['[ab', '[ab', true],
  ['*.{jpg,png}', 'x.png', true],
  ['*.{jpg,{png,gif}}', 'x.gif', true],
  ['{a}', '{a}', true],
  ['{1..3}', '{1..3}', true],
  ['2024/**', '2024/a/b.txt', true],
  ['2024/**', '2025/a', false],
  ['**/*.md', 'a.md', true],
  ['**/*.md', 'a/b/c.md', true],
  ['**/b/*.md', 'a/b/c.md', true],
  ['**/b/*.md', 'a/c/c.md', false],
  ['*/a', 'a', false],
  ['a/*', 'a/b/c', false],
])('%s and %s: %s', (pattern, relative, fits) => {
  expect(compileGlob(pattern)(relative)).toBe(fits);
});

test.each([
  '*a'.repeat(90),
  '**/'.repeat(60),
  '+(+(+(+(a))))b',
  '*(*(*(a)))b',
  '{1..99999999}',
  `${'**/*a'.repeat(39)}/b`,
])('no pattern takes long: %s', (pattern) => {
  const startedAt = performance.now();
  compileGlob(pattern)(`${'a'.repeat(250)}/`.repeat(16));
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('braces that multiply are refused', () => {
  expect(() => compileGlob('{a,b}'.repeat(40))).toThrow(ToolRefusal);
  expect(() => compileGlob(`${'{a,'.repeat(60)}b${'}'.repeat(60)}`)).not.toThrow();
});
