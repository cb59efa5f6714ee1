import { expect, test } from 'vitest';
import { openTestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';

test('whoever looks at what agents did is told when a deed is noted, has ended, and is taken back', async () => {
  const { hands } = await openTestHands();
  const { calls, subscriptions } = hands.handlers;
  const seen: { readonly revision: number; readonly ends: readonly string[] }[] = [];
  const looks: Promise<void>[] = [];
  const end = await subscriptions['hands.watchPast'](
    {},
    {
      next: ({ revision }) => {
        const look = async () => {
          const { deeds } = await calls['hands.past']({ before: null, count: 10 });
          seen.push({ revision, ends: deeds.map((deed) => `${deed.end} ${deed.undo}`) });
        };
        looks.push(look());
      },
    },
  );
  const goOn = Promise.withResolvers<void>();
  const deed = {
    callId: 'call-1',
    conversationId: testId(1),
    messageId: testId(2),
    agentId: 'nunba',
    toolName: 'write_file',
    arguments: {},
    deed: { kind: 'fetch-page', url: 'https://example.org/', host: 'example.org' },
    approval: { kind: 'given', scope: 'once', by: 'person' },
  } as const;
  const doing = hands.gate.journal.perform(deed, async (notes) => {
    await notes.act({ kind: 'outside', what: 'asked example.org' }, () => goOn.promise);
    return { outcome: { kind: 'done', value: 'x' } };
  });
  await expect.poll(() => looks.length).toBe(2);
  await Promise.all(looks);
  goOn.resolve();
  await doing;
  await Promise.resolve(calls['hands.undo']({ callId: 'call-1' })).catch(() => undefined);
  await Promise.all(looks);
  expect(seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
  expect(seen[0]?.ends).toEqual([]);
  expect(seen[1]?.ends).toEqual(['running none']);
  expect(seen[2]?.ends).toEqual(['done none']);

  end();
  await hands.gate.journal.perform({ ...deed, callId: 'call-2' }, async () => ({
    outcome: { kind: 'done', value: 'x' },
  }));
  expect(looks).toHaveLength(4);
});
