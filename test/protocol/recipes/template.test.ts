import { describe, expect, it } from 'vitest';
import type { RecipeParameter } from '../../../node-core/protocol/recipes/recipe.ts';
import { cronOf } from '../../../node-core/protocol/recipes/rhythm.ts';
import {
  fillText,
  fillValue,
  namesIn,
  runValues,
  strayPlaceholders,
} from '../../../node-core/protocol/recipes/template.ts';

const values = new Map([
  ['folder', '/home/ada'],
  ['count', '20'],
  ['trick', '{{folder}}'],
]);

describe('a template', () => {
  it.each([
    ['{{folder}}/x', '/home/ada/x'],
    ['{{count|number}}', 20],
    ['{{count}}', '20'],
    ['{{unknown}} {{unknown|number}}', '{{unknown}} {{unknown|number}}'],
    ['{{trick}}', '{{folder}}'],
    [
      { a: ['{{count|number}}', { b: '{{folder}}' }], c: null, d: true },
      { a: [20, { b: '/home/ada' }], c: null, d: true },
    ],
  ])('%j becomes %j', (template, expected) => {
    expect(fillValue(template, values)).toEqual(expected);
  });

  it('is stray where no parameter fills it, and where its name is not written exactly', () => {
    const draft = {
      job: 'Sort {{folder}} and {{folde}}',
      parameters: [{ name: 'folder', type: 'path' as const, value: '/a' }],
      steps: [
        { kind: 'tool' as const, toolName: 'x', purpose: '', arguments: { a: ['{{Folder}}', '{{count|number}}', 3] } },
        { kind: 'say' as const, how: 'template' as const, text: '{{ folder }} is sorted, {{ page.title }} {{{}}}' },
      ],
      firstCalls: null,
    };
    expect(strayPlaceholders(draft)).toEqual(['{{folde}}', '{{Folder}}', '{{count|number}}', '{{ folder }}']);
    expect(strayPlaceholders({ ...draft, job: '{{folder}}', steps: [] })).toEqual([]);
  });

  it('names what it uses', () => {
    expect(namesIn({ a: '{{x}} {{y|number}}', b: ['{{x}}', '{{X}}'] })).toEqual(['x', 'y']);
    expect(fillText('{{folder}}', values)).toBe('/home/ada');
  });
});

describe('the values of a run', () => {
  const parameter = (type: RecipeParameter['type'], value = 'first'): RecipeParameter => ({ name: 'p', type, value });
  it.each([
    ['text', {}, 'first', null],
    ['text', { p: 'second' }, 'second', null],
    ['text', { p: ' ' }, null, 'missing'],
    ['text', { p: 'x'.repeat(4001) }, null, 'too-long'],
    ['number', { p: '-3.5' }, '-3.5', null],
    ['number', { p: 'many' }, null, 'no-number'],
    ['date', { p: '2026-10-14' }, '2026-10-14', null],
    ['date', { p: 'tomorrow' }, null, 'no-date'],
    ['path', { p: '/x', other: 'y' }, '/x', null],
  ] as const)('%s with %j', (type, given, value, problem) => {
    const result = runValues([parameter(type)], given);
    expect(result.values.get('p') ?? null).toBe(value);
    expect(result.problems.get('p') ?? null).toBe(problem);
  });
});

it.each([
  [{ kind: 'daily', at: '08:05' }, '5 8 * * *'],
  [{ kind: 'weekdays', at: '00:00' }, '0 0 * * 1-5'],
  [{ kind: 'weekly', day: 0, at: '23:59' }, '59 23 * * 0'],
  [{ kind: 'monthly', day: 28, at: '09:00' }, '0 9 28 * *'],
  [{ kind: 'monthly', day: 31, at: '09:00' }, '0 9 L * *'],
  [{ kind: 'cron', text: ' */5 * * * * ' }, '*/5 * * * *'],
] as const)('%j is %s', (rhythm, text) => {
  expect(cronOf(rhythm)).toBe(text);
});
