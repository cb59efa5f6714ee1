import { expect, test } from 'vitest';
import { describeDiff } from '../../../node-core/agents/files/tools/describe-diff.ts';
import { diffLines } from '../../../renderer/hands/diff-lines.ts';
import { randomFrom } from '../../builders/random-from.ts';

/** So unlike each other that nobody waits for their comparison. */
function tangled(seed: number): string {
  const random = randomFrom(seed);
  return Array.from({ length: 60_000 }, () => String(Math.floor(random() * 1000))).join('\n');
}

test('two texts that take too long to compare are shown whole, and no line of them is taken for a name of a file', async () => {
  const before = `-- one\n${tangled(1)}`;
  const after = `++ two\n${tangled(2)}`;
  const shown = diffLines(await describeDiff('a.sql', before, after));
  expect(shown[0]?.text).toBe('@@ -1,60001 +1,60001 @@');
  expect(shown[1]).toEqual({ kind: 'removed', text: '-- one' });
  const fresh = diffLines(await describeDiff('a.sql', '', after));
  expect(fresh.find(({ kind }) => kind === 'added')).toEqual({ kind: 'added', text: '++ two' });
});

test('how much of a long line is not shown is said', async () => {
  const diff = await describeDiff('a.txt', null, `${'x'.repeat(2500)}\n`);
  expect(diff).toMatch(/x{50} … 501 more characters of this line are not shown/);
});
