import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../node-core/protocol/json-value.ts';
import type { PromptPart } from '../../../node-core/protocol/ports/answers.ts';
import { extractRecipe } from '../../../node-core/protocol/recipes/extract-recipe.ts';
import { findValues } from '../../../node-core/protocol/recipes/find-values.ts';
import { maxParameters, ParameterFinder } from '../../../node-core/protocol/recipes/parameter-finder.ts';
import { plannedCalls } from '../../../node-core/protocol/recipes/recipe.ts';
import { fillText, fillValue, strayPlaceholders } from '../../../node-core/protocol/recipes/template.ts';

const used = (toolName: string, given: JsonValue, value: JsonValue = {}): PromptPart => ({
  kind: 'tool',
  callId: toolName,
  toolName,
  arguments: given,
  outcome: { kind: 'done', value },
});
const said = (text: string): PromptPart => ({ kind: 'text', text });
const extract = (prompt: string, ...parts: PromptPart[]) =>
  extractRecipe({ agentId: 'nunba', prompt, parts, firstCalls: 3 });

describe('values that may be others next time', () => {
  it.each([
    ['Look for “blue boat” in my chats', [['text', 'blue boat']]],
    [
      'Look for "blue boat" and `x y`',
      [
        ['text', 'blue boat'],
        ['text', 'x y'],
      ],
    ],
    ["It's the 'big one'", [['text', 'big one']]],
    ['Sort /home/ada/Downloads/2026 please.', [['path', '/home/ada/Downloads/2026']]],
    ['Sort ~/Documents, then stop', [['path', '~/Documents']]],
    ['Read C:\\Users\\Ada\\list.txt.', [['path', 'C:\\Users\\Ada\\list.txt']]],
    ['Sort "/home/ada/My files"', [['path', '/home/ada/My files']]],
    [
      'From 2026-10-14 to 31.12.2026 or 1/2/26',
      [
        ['date', '2026-10-14'],
        ['date', '31.12.2026'],
        ['date', '1/2/26'],
      ],
    ],
    [
      'The 20 newest, at most 3.5 MB',
      [
        ['number', '20'],
        ['number', '3.5'],
      ],
    ],
    ['Fetch https://example.org/a?b=1.', [['text', 'https://example.org/a?b=1']]],
    ['and/or it is v2 of x86', []],
    ['', []],
  ])('in %j', (text, expected) => {
    expect(findValues(text).map(({ type, value }) => [type, value])).toEqual(expected);
  });
});

describe('a recipe from an answer', () => {
  it('has what was asked for as parameters, steps in order, and writes its last words anew', () => {
    const recipe = extract(
      'List /home/ada/in and find "rent" in 20 files there',
      said('I look around. First the folder:'),
      used('list_files', { folder: '/home/ada/in' }, { files: ['lease.txt', 'cat.png'] }),
      used('search_files', { folder: '/home/ada/in', words: 'rent', atMost: 20 }, { hits: ['lease.txt:3'] }),
      used('read_file', { path: '/home/ada/in/lease.txt' }, 'The rent is due.'),
      said('It is due on the third.'),
    );
    expect(recipe).toEqual({
      title: 'List /home/ada/in and find "rent" in 20 files there',
      agentId: 'nunba',
      job: 'List {{folder}} and find "{{words}}" in {{at_most}} files there',
      parameters: [
        { name: 'folder', type: 'path', value: '/home/ada/in' },
        { name: 'words', type: 'text', value: 'rent' },
        { name: 'at_most', type: 'number', value: '20' },
      ],
      steps: [
        { kind: 'tool', toolName: 'list_files', purpose: 'First the folder:', arguments: { folder: '{{folder}}' } },
        {
          kind: 'tool',
          toolName: 'search_files',
          purpose: '',
          arguments: { folder: '{{folder}}', words: '{{words}}', atMost: '{{at_most|number}}' },
        },
        { kind: 'decide', toolName: 'read_file', purpose: '', arguments: { path: '{{folder}}/lease.txt' } },
        { kind: 'say', how: 'model', text: '' },
      ],
      firstCalls: 3,
    });
    expect(plannedCalls(recipe?.steps ?? [])).toBe(2);
  });

  it('takes a plain word that came back whole, but not all of what was written', () => {
    expect(extract('What do my chats say about zebras?', used('search_chats', { query: 'zebras' }))).toMatchObject({
      job: 'What do my chats say about {{query}}?',
      steps: [{ arguments: { query: '{{query}}' } }],
    });
    expect(extract('zebras', used('search_chats', { query: 'zebras' }))).toMatchObject({ parameters: [] });
    expect(extract('about zebras', used('search_chats', { query: 'zebra' }))).toMatchObject({ parameters: [] });
  });

  it('leaves out what failed, and is none where nothing came to a result', () => {
    const failed: PromptPart = {
      kind: 'tool',
      callId: 'x',
      toolName: 'read_file',
      arguments: {},
      outcome: { kind: 'failed', message: 'no' },
    };
    expect(extract('x', failed, used('date', {}))?.steps).toMatchObject([{ toolName: 'date' }]);
    expect(extract('x', failed, said('Sorry.'))).toBeNull();
  });

  it('is bounded', () => {
    const many = Array.from({ length: 80 }, (_, index) => used('date', { day: `day${index}` }));
    const prompt = many.map((_, index) => `day${index}`).join(' ');
    const recipe = extract(prompt, ...many, said('done'));
    expect(recipe?.steps).toHaveLength(50);
    expect(recipe?.parameters).toHaveLength(maxParameters);
  });

  it('does the same again with the same values', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const value = fc.oneof(
      word,
      fc.integer({ min: 0, max: 999 }),
      word.map((name) => `/home/${name}/x`),
      fc.tuple(word, word).map(([a, b]) => `/home/${a}/x/${b}.txt`),
      fc.string().filter((text) => !text.includes('{{') && !text.includes('\u0000')),
    );
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 6 }),
        fc.dictionary(word, fc.oneof(value, fc.array(value))),
        (said, given) => {
          const prompt = said.map((each) => `"${each}" ${each}`).join(' and ');
          const finder = new ParameterFinder(prompt);
          const template = finder.template(given as JsonValue);
          const first = new Map(finder.parameters().map(({ name, value: text }) => [name, text]));
          expect(fillValue(template, first)).toEqual(given);
          expect(fillText(finder.templateOfJob(), first)).toBe(prompt);
        },
      ),
    );
  });

  it('keeps what only looks like a placeholder, as the value of a parameter', () => {
    const given = { path: 'page.html', content: '<h1>{{title}}</h1> {{path}}' };
    const recipe = extract('Write page.html that shows {{title}} and {{other}}', used('write_file', given));
    if (!recipe) throw new Error('no recipe');
    expect(strayPlaceholders(recipe)).toEqual([]);
    const values = new Map(recipe.parameters.map(({ name, value }) => [name, value]));
    const [step] = recipe.steps;
    expect(step?.kind === 'tool' && fillValue(step.arguments, values)).toEqual(given);
    expect(fillText(recipe.job, values)).toBe('Write page.html that shows {{title}} and {{other}}');
  });
});
