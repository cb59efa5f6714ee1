import { expect, onTestFinished, test } from 'vitest';
import { openConnection } from '../../../node-core/agents/mcp/connection.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { expectLetGo } from '../../builders/collect-garbage.ts';
import { doubleServer, quickLimits } from '../../builders/tool-servers.ts';

async function connect(manner: string) {
  const draft = doubleServer(manner);
  if (draft.kind !== 'stdio') throw new Error('a program was expected');
  const { command, args, folder } = draft;
  const connection = await openConnection(
    { kind: 'stdio', program: { command, args, folder, environment: {} } },
    {
      version: '1.2.3',
      clock: systemClock,
      limits: quickLimits,
      onToolsChanged: () => undefined,
      onProcess: () => undefined,
    },
    new AbortController().signal,
  );
  onTestFinished(() => connection.close('at-once'));
  return connection;
}

test('what a server answered is let go of while the connection stays', async () => {
  const connection = await connect('well');
  const { signal } = new AbortController();
  const answers: WeakRef<object>[] = [];
  for (let count = 0; count < 5; count += 1) {
    answers.push(new WeakRef(await connection.call('echo', { text: 'hello' }, signal)));
  }
  // The last one may still be held by whoever has just read it.
  await connection.ping();
  await expectLetGo(answers.slice(0, 3));
});

test('a connection that is lost in the middle of calls ends them all, and those after it', async () => {
  const connection = await connect('crash-on-call');
  const { signal } = new AbortController();
  const calls = await Promise.allSettled([1, 2].map(() => connection.call('echo', { text: 'hello' }, signal)));
  expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await connection.lost).trouble.kind).toBe('ended');
  await expect(connection.call('echo', { text: 'hello' }, signal)).rejects.toMatchObject({
    trouble: { kind: 'ended' },
  });
});
