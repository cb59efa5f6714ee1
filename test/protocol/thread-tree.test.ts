import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Branch, commonLength } from '../../node-core/protocol/branch.ts';
import { type ThreadNode, ThreadTree } from '../../node-core/protocol/thread-tree.ts';

const node = (id: string, parentId: string | null): ThreadNode => ({ id, parentId, role: 'user' });

/**
 *   a ─ b ─ c ─ d
 *   │   └ e ─ f
 *   └ (other root) g
 */
const tree = () =>
  new ThreadTree([
    node('a', null),
    node('b', 'a'),
    node('c', 'b'),
    node('d', 'c'),
    node('e', 'b'),
    node('f', 'e'),
    node('g', null),
  ]);

test('a path leads from the first prompt to the leaf', () => {
  expect(tree().pathTo('f')).toEqual(['a', 'b', 'e', 'f']);
  expect(tree().pathTo('g')).toEqual(['g']);
  expect(tree().pathTo(null)).toEqual([]);
  expect(tree().pathTo('nobody')).toEqual([]);
});

test('versions know their place', () => {
  expect(tree().siblingsOf('a')).toEqual({ index: 0, count: 2, previousId: null, nextId: 'g' });
  expect(tree().siblingsOf('e')).toEqual({ index: 1, count: 2, previousId: 'c', nextId: null });
  expect(tree().siblingsOf('d')).toEqual({ index: 0, count: 1, previousId: null, nextId: null });
  expect(tree().siblingsOf('nobody')).toEqual({ index: 0, count: 1, previousId: null, nextId: null });
});

test.each([
  ['f', 'e', 'd', 'the version before it, to its newest end'],
  ['d', 'c', 'f', 'the version after it, if there is none before'],
  ['d', 'd', 'c', 'what came before, if there is no other version'],
  ['d', 'e', 'd', 'the same leaf, if another branch is removed'],
  ['g', 'g', 'f', 'another first prompt'],
] as const)('from leaf %s without %s it shows %s: %s', (leaf, removed, expected, _) => {
  expect(tree().leafWithout(leaf, removed)).toBe(expected);
});

test('without its only prompt a conversation shows nothing', () => {
  expect(new ThreadTree([node('a', null), node('b', 'a')]).leafWithout('b', 'a')).toBeNull();
});

test('a message whose parent is not there is left out, and so is a second one of the same name', () => {
  const odd = new ThreadTree([node('x', 'nobody'), node('a', null), node('a', null)]);
  expect(odd.get('x')).toBeNull();
  expect(odd.childrenOf(null)).toEqual(['a']);
});

/** Trees of any shape: each message follows one of those before it, or none. */
const shapes = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map((choices) => {
  const nodes: ThreadNode[] = [];
  for (const [index, choice] of choices.entries()) {
    nodes.push(node(`m${index}`, nodes[choice % (nodes.length + 1)]?.id ?? null));
  }
  return nodes;
});

test('in any tree: paths follow parents, subtrees are what has the message on its path, the newest end is a leaf', () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (nodes, choice) => {
      const any = new ThreadTree(nodes);
      const ids = nodes.map((each) => each.id);
      const id = ids[choice % ids.length] ?? '';
      const path = any.pathTo(id);
      expect(path.at(-1)).toBe(id);
      for (const [index, each] of path.entries()) expect(any.get(each)?.parentId).toBe(path[index - 1] ?? null);
      const under = ids.filter((each) => any.pathTo(each).includes(id));
      expect([...any.subtreeOf(id)].sort()).toEqual(under.sort());
      const newest = any.newestUnder(id);
      expect(any.childrenOf(newest)).toEqual([]);
      expect(any.subtreeOf(id)).toContain(newest);
      for (const leaf of ids) {
        const shown = any.leafWithout(leaf, id);
        expect(any.pathTo(shown).includes(id)).toBe(false);
      }
    }),
  );
});

test('a branch that follows one path after the other knows where each message stands', () => {
  fc.assert(
    fc.property(shapes, fc.array(fc.nat(), { maxLength: 6 }), (nodes, leaves) => {
      const any = new ThreadTree(nodes);
      const branch = new Branch();
      for (const leaf of leaves) {
        const path = any.pathTo(nodes[leaf % nodes.length]?.id ?? null);
        branch.follow(path);
        expect(branch.ids).toEqual(path);
        expect(nodes.map(({ id }) => branch.indexOf(id))).toEqual(
          nodes.map(({ id }) => (path.includes(id) ? path.indexOf(id) : null)),
        );
      }
    }),
  );
});

test.each([
  [[], [], 0],
  [['a'], [], 0],
  [['a', 'b'], ['a', 'b', 'c'], 2],
  [['a', 'x', 'c'], ['a', 'b', 'c'], 1],
] as const)('%j and %j have %i in common', (one, other, expected) => {
  expect(commonLength(one, other)).toBe(expected);
});
