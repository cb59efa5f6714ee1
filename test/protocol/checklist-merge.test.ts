import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type KeptChecklist,
  mergeChecklist,
  noChecklist,
  type SaidItem,
  sameText,
  saveChecklist,
} from '../../node-core/protocol/checklist-merge.ts';

/** `x ` before a line means done. */
const said = (...lines: readonly string[]): SaidItem[] =>
  lines.map((line) => ({ text: line.replace(/^x /, ''), isDone: line.startsWith('x ') }));

const shown = ({ items }: KeptChecklist): string[] => items.map((item) => `${item.isDone ? 'x ' : ''}${item.text}`);

/** A source of identifiers; several of one test differ by their prefix. */
const ids = (prefix = 'i'): (() => string) => {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}${last}`;
  };
};

const begun = (...lines: readonly string[]): KeptChecklist => mergeChecklist(noChecklist, said(...lines), ids());

/** What the person makes of a list: each line as it is to be, by its place; `null` takes it out. */
const changed = (kept: KeptChecklist, lines: readonly (string | null)[]): KeptChecklist =>
  saveChecklist(
    kept,
    lines.flatMap((line, index) => {
      if (line === null) return [];
      const item = kept.items[index] ?? { id: `mine${index}` };
      return [{ id: item.id, text: line.replace(/^x /, ''), isDone: line.startsWith('x ') }];
    }),
  );

const cases: readonly {
  readonly rule: string;
  readonly before: readonly string[];
  readonly person?: readonly (string | null)[];
  readonly agent: readonly string[];
  readonly after: readonly string[];
}[] = [
  { rule: 'a first list is as the agent says', before: [], agent: ['a', 'x b'], after: ['a', 'x b'] },
  { rule: 'the agent may tick its own line', before: ['a'], agent: ['x a'], after: ['x a'] },
  { rule: 'the agent may reword by case and dots', before: ['Buy milk'], agent: ['buy milk.'], after: ['buy milk.'] },
  { rule: 'a tick stays', before: ['a', 'b'], person: ['x a', 'b'], agent: ['a', 'b'], after: ['x a', 'b'] },
  { rule: 'a tick taken back stays so', before: ['x a'], person: ['a'], agent: ['x a'], after: ['a'] },
  { rule: 'an edit stays', before: ['a'], person: ['a, twice'], agent: ['x a'], after: ['x a, twice'] },
  {
    rule: 'an edited line is known by its new words',
    before: ['a'],
    person: ['b'],
    agent: ['b', 'c'],
    after: ['b', 'c'],
  },
  { rule: 'a line of the person stays', before: ['a'], person: ['a', 'mine'], agent: ['b'], after: ['mine', 'b'] },
  {
    rule: 'a line that was taken out stays out',
    before: ['a', 'b'],
    person: [null, 'b'],
    agent: ['a', 'b'],
    after: ['b'],
  },
  { rule: 'an untouched line goes when it is not named', before: ['a', 'b'], agent: ['b'], after: ['b'] },
  { rule: 'a done line stays when it is not named', before: ['x a', 'b'], agent: ['b', 'c'], after: ['x a', 'b', 'c'] },
  { rule: 'order is the agent’s', before: ['a', 'b', 'c'], agent: ['c', 'a', 'b'], after: ['c', 'a', 'b'] },
  {
    rule: 'a staying line keeps its neighbour',
    before: ['a', 'b', 'c'],
    person: ['a', 'b', 'c', 'mine'],
    agent: ['c', 'b', 'd'],
    after: ['c', 'mine', 'b', 'd'],
  },
  { rule: 'a line said twice counts once', before: [], agent: ['a', 'A.', ' '], after: ['a'] },
  {
    rule: 'no list leaves what the person touched',
    before: ['a', 'b'],
    person: ['x a', 'b'],
    agent: [],
    after: ['x a'],
  },
];

test.each(cases)('$rule', ({ before, person, agent, after }) => {
  const kept = begun(...before);
  const touched = person ? changed(kept, person) : kept;
  expect(shown(mergeChecklist(touched, said(...agent), ids('new')))).toEqual(after);
});

test('a line that the person adds again after taking it out is theirs', () => {
  const without = changed(begun('a', 'b'), [null, 'b']);
  const again = saveChecklist(without, [...without.items, { id: 'new', text: 'a', isDone: false }]);
  expect(shown(mergeChecklist(again, said('x a', 'b'), ids('new')))).toEqual(['a', 'b']);
});

const line = fc.record({ text: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'A.', ' '), isDone: fc.boolean() });
const lists = fc.array(line, { maxLength: 8 });
const edits = fc.array(
  fc.record({ text: fc.constantFrom('a', 'b', 'x', 'y'), isDone: fc.boolean(), isKept: fc.boolean() }),
);

test('whatever both do, nothing that the person ticked, edited or added is lost, and identifiers are unique', () => {
  fc.assert(
    fc.property(lists, edits, lists, (first, edited, second) => {
      const newId = ids();
      const kept = mergeChecklist(noChecklist, first, newId);
      const mine = edited.flatMap(({ isKept, ...item }, index) =>
        isKept ? [{ ...item, id: kept.items[index]?.id ?? `mine${index}` }] : [],
      );
      const saved = saveChecklist(kept, mine);
      const merged = mergeChecklist(saved, second, newId);
      const after = new Map(merged.items.map((item) => [item.id, item]));
      for (const item of saved.items) {
        const before = kept.items.find((each) => each.id === item.id);
        if (before?.text === item.text && before.isDone === item.isDone) continue;
        expect(after.has(item.id)).toBe(true);
        if (before?.text !== item.text) expect(after.get(item.id)?.text).toBe(item.text);
        if (before?.isDone !== item.isDone) expect(after.get(item.id)?.isDone).toBe(item.isDone);
      }
      expect(after.size).toBe(merged.items.length);
      expect(merged.items.every((item) => item.text.trim() !== '')).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('saying the same again changes nothing', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const once = mergeChecklist(noChecklist, list, ids());
      expect(mergeChecklist(once, list, ids())).toEqual(once);
    }),
  );
});

test('a list never grows beyond 200 lines, and the person’s come first', () => {
  const many = Array.from({ length: 200 }, (_, index) => `line ${index}`);
  const full = begun(...many);
  const ticked = changed(
    full,
    many.map((text) => `x ${text}`),
  );
  const merged = mergeChecklist(ticked, said(...many.map((text) => `other ${text}`)), ids('new'));
  expect(merged.items).toHaveLength(200);
  expect(merged.items.every((item) => item.isDone)).toBe(true);
});

test.each([
  ['Buy milk', 'buy  milk.', true],
  ['Buy milk', 'Buy bread', false],
  ['é', 'e\u0301', true],
])('%j and %j are the same: %s', (one, other, expected) => {
  expect(sameText(one) === sameText(other)).toBe(expected);
});
