import { expect, test } from 'vitest';
import { shownResults } from '../../../node-core/agents/recipes/recipe-model.ts';

const nonce = 'abcdefgh12345678';
const result = (text: string) => ({
  toolName: 'read_file',
  arguments: { path: 'a.txt' },
  outcome: { kind: 'done' as const, value: text },
});
const count = (text: string, what: string): number => text.split(what).length - 1;

test('a model is told the newest results whole, each between its marks, and how many are left out', () => {
  const results = Array.from({ length: 8 }, (_, index) => result(`${index + 1} ${'x'.repeat(39_000)}`));
  const shown = shownResults(results, nonce);
  expect(shown.length).toBeLessThan(165_000);
  expect(shown).toMatch(/^4 steps before are left out\.\n\nStep 5, /);
  expect(shown).toContain('Step 8, read_file');
  // Each mark is closed: what follows is no data.
  expect(count(shown, nonce) % 2).toBe(0);
  expect(shown.trimEnd().slice(-80)).toContain(nonce);
  expect(shownResults([result('short')], nonce)).toMatch(/^Step 1, read_file with {"path":"a.txt"}:\n/);
});
