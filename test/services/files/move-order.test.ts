import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DependentMove, orderMoves } from '../../../node-core/agents/files/tools/move-order.ts';

const waitingPlace = (from: string): string => `waiting ${from}`;

/** Moves as a partial one-to-one map of places, with what stands in whose way. */
const anyMoves = fc
  .uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 })
  .chain((sources) =>
    fc
      .shuffledSubarray([...Array(12).keys()], { minLength: sources.length, maxLength: sources.length })
      .map((targets) =>
        sources.map((from, index) => ({ from, to: targets[index] ?? 0 })).filter((m) => m.from !== m.to),
      ),
  );

test('every place is free when it is needed, and everything arrives', () => {
  fc.assert(
    fc.property(anyMoves, (pairs) => {
      const moves: DependentMove[] = pairs.map(({ from, to }) => {
        const after = pairs.findIndex((other) => other.from === to);
        return { from: String(from), to: String(to), after: after === -1 ? null : after };
      });
      const disk = new Map(moves.map(({ from }) => [from, `content of ${from}`]));
      for (const { from, to } of orderMoves(moves, waitingPlace)) {
        const content = disk.get(from);
        expect(content).toBeDefined();
        expect(disk.has(to)).toBe(false);
        disk.delete(from);
        disk.set(to, content ?? '');
      }
      expect(disk).toEqual(new Map(moves.map(({ from, to }) => [to, `content of ${from}`])));
    }),
  );
});

test('a chain needs no waiting place, a circle one', () => {
  const chain = [
    { from: 'a', to: 'b', after: 1 },
    { from: 'b', to: 'c', after: null },
  ];
  expect(orderMoves(chain, waitingPlace).map(({ from, to }) => `${from}>${to}`)).toEqual(['b>c', 'a>b']);
  const swap = [
    { from: 'a', to: 'b', after: 1 },
    { from: 'b', to: 'a', after: 0 },
  ];
  expect(orderMoves(swap, waitingPlace).map(({ from, to }) => `${from}>${to}`)).toEqual([
    'a>waiting a',
    'b>a',
    'waiting a>b',
  ]);
});
