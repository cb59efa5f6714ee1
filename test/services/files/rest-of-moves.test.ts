import { expect, test } from 'vitest';
import type { Effect } from '../../../node-core/protocol/hands/effect.ts';
import { changesLeft } from '../../../node-core/protocol/hands/whole-deed.ts';
import { fileHands } from '../../builders/file-hands.ts';
import { treeOf } from '../../builders/file-tree.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

const start = { a: 'a', b: 'b', c: 'c', d: 'd', 'gone/1': '1', 'gone/2': '2' };

const calls = [
  [
    'move_files',
    {
      moves: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
        { from: 'c', to: 'sorted/here/c' },
        { from: 'd', to: 'sorted/d' },
      ],
    },
  ],
  ['remove_files', { paths: ['gone/1', 'gone/2', 'd'] }],
] as const;

test.each(calls)('%s, ended behind any of its steps, is finished by what is left of it', async (name, input) => {
  const whole = fileHands();
  writeFiles(whole.at('picked'), start);
  await whole.act(name, input);
  const wanted = treeOf(whole.at('picked'));
  for (let steps = 0; ; steps += 1) {
    const { at, planDeed, toolOf } = fileHands();
    writeFiles(at('picked'), start);
    const { deed, run } = await planDeed(name, input);
    const happened: Effect[] = [];
    const ending = {
      act: async <T>(effect: Effect, act: () => Promise<T>): Promise<T> => {
        if (happened.length === steps) throw new Error('killed');
        const done = await act();
        happened.push(effect);
        return done;
      },
    };
    const ended = await run(ending).catch(() => null);
    const changes = changesLeft(deed, happened);
    if (ended !== null) {
      expect([steps > 2, changes]).toEqual([true, []]);
      return;
    }
    const rest = (await toolOf(name)).argumentsForRest?.({ changes: changes ?? [], arguments: input });
    await (await planDeed(name, rest)).run();
    expect(treeOf(at('picked'))).toEqual(wanted);
  }
});
