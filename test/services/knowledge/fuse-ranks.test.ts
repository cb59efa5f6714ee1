import { describe, expect, it } from 'vitest';
import { fuseRanks } from '../../../node-core/agents/knowledge/index/fuse-ranks.ts';

describe('two orders as one', () => {
  it('is the one where there is only one', () => {
    expect(fuseRanks([[3, 1, 2], []])).toEqual([3, 1, 2]);
    expect(fuseRanks([[], [5, 4]])).toEqual([5, 4]);
    expect(fuseRanks([])).toEqual([]);
  });

  it('puts what both know before what one alone knows, though it stands lower', () => {
    expect(
      fuseRanks([
        [1, 2, 9],
        [7, 8, 9],
      ])[0],
    ).toBe(9);
  });

  it('takes turns among what one alone knows, the first list first', () => {
    expect(
      fuseRanks([
        [1, 2],
        [7, 8],
      ]),
    ).toEqual([1, 7, 2, 8]);
  });
});
