import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findChecklist } from '../../../node-core/agents/checklist.ts';
import { limits } from '../../../node-core/api/conversation-views.ts';

const open = (text: string) => ({ text, isDone: false });
const done = (text: string) => ({ text, isDone: true });

const cases: readonly (readonly [name: string, markdown: string, tasks: readonly unknown[]])[] = [
  ['none in plain text', 'Buy milk\n- Buy bread\n- [link](x)', []],
  [
    'open and done, in order',
    '- [ ] Buy milk\n- [x] Buy bread\n* [X] Bake\n+ [ ] Eat',
    [open('Buy milk'), done('Buy bread'), done('Bake'), open('Eat')],
  ],
  ['numbered lists', '1. [ ] First\n12) [x] Second', [open('First'), done('Second')]],
  [
    'nested ones become flat',
    '- [ ] Trip\n  - [ ] Tickets\n\t- [x] Hotel\n        - [ ] Late',
    [open('Trip'), open('Tickets'), done('Hotel'), open('Late')],
  ],
  ['not in a code fence', '- [ ] a\n```md\n- [ ] no\n~~~\n- [ ] no\n```\n- [ ] b', [open('a'), open('b')]],
  [
    'not in a fence within a list',
    '- [ ] a\n    ````\n    - [ ] no\n    ```\n    - [ ] no\n    ````\n- [ ] b',
    [open('a'), open('b')],
  ],
  ['an open fence reaches to the end', '- [ ] a\n```\n- [ ] no', [open('a')]],
  ['a fence mark with words does not close', '```\n- [ ] no\n``` js\n- [ ] no\n```\n- [ ] b', [open('b')]],
  ['in a block quote', '> - [ ] quoted', [open('quoted')]],
  ['Windows line ends', '- [ ] a\r\n- [x] b\r\n', [open('a'), done('b')]],
  ['without words it is none', '- [ ]\n- [ ]   \n- [ ] ****\n- [x]nospace', [open('****')]],
  ['marks around words go', '- [ ] **Call** `mum` __now__ *please*', [open('Call mum now *please*')]],
  ['brackets that hold something else', '- [-] a\n- [xx] b\n- [] c', []],
];

it.each(cases)('finds tasks: %s', (_name, markdown, tasks) => {
  expect(findChecklist(markdown)).toEqual(tasks);
});

it('keeps within what a checklist holds', () => {
  const markdown = Array.from({ length: 500 }, (_, index) => `- [ ] ${index} ${'long '.repeat(400)}`).join('\n');
  const tasks = findChecklist(markdown);
  expect(tasks).toHaveLength(limits.checklistItems);
  expect(tasks[0]?.text).toMatch(/^0 long/);
  expect(tasks.every(({ text }) => text.length <= 1000)).toBe(true);
});

it('takes any text and gives only what a checklist can hold', () => {
  const pieces = fc.constantFrom('- [ ] ', '- [x] ', '\n', '```', '~~~', '  ', '> ', '1. ', '**', 'word', '\t', '[ ]');
  const markdown = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(pieces, fc.string()), { maxLength: 300 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(markdown, (text) => {
      const tasks = findChecklist(text);
      expect(tasks.length).toBeLessThanOrEqual(limits.checklistItems);
      for (const task of tasks) {
        expect(task.text.trim()).toBe(task.text);
        expect(task.text.length).toBeGreaterThan(0);
        expect(task.text.length).toBeLessThanOrEqual(1000);
      }
    }),
    { numRuns: 500 },
  );
});

it('finds again every task that it is given', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,.]{0,40}[A-Za-z0-9]$/);
  fc.assert(
    fc.property(fc.array(fc.record({ text: word, isDone: fc.boolean() }), { maxLength: 50 }), (tasks) => {
      const markdown = tasks.map(({ text, isDone }) => `- [${isDone ? 'x' : ' '}] ${text}`).join('\n');
      expect(findChecklist(markdown)).toEqual(tasks);
    }),
  );
});
