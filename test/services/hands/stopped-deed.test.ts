import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineDeedTool, type Tool } from '../../../node-core/agents/tools/tool.ts';
import { openTestHands, type TestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';
import { finishRun, ofKind } from '../../builders/loop-run.ts';
import { modelServer } from '../../builders/model-server.ts';
import type { Piece } from '../../doubles/model-server/reply.ts';

/** Three steps; the second lasts until `middle` resolves, and all of them mind a stop. */
const mover = (middle: () => Promise<void>, limits: Tool['limits'] | object = {}): Tool =>
  defineDeedTool({
    name: 'move_files',
    description: 'Moves',
    limits,
    input: z.strictObject({}),
    plan: async () => ({
      kind: 'deed',
      deed: { kind: 'change-files', folder: '/in', changes: [] },
      run: async ({ signal }, notes) => {
        for (const step of [0, 1, 2]) {
          signal.throwIfAborted();
          const act = step === 1 ? middle : async () => undefined;
          await notes.act({ kind: 'move', from: `/in/${step}`, to: `/out/${step}` }, act);
        }
        return { value: 'moved', sources: [] };
      },
    }),
  });

async function run(open: TestHands, tool: Tool, calls: number, stop = new AbortController()) {
  const server = await modelServer();
  let turn = 0;
  server.script(() => {
    turn += 1;
    const pieces: Piece[] =
      turn > 1
        ? [{ kind: 'text', text: 'Done.' }]
        : Array.from({ length: calls }, (_, index) => ({
            kind: 'tool-call',
            id: `call${index}`,
            name: 'move_files',
            arguments: {},
          }));
    return { kind: 'stream', pieces, rate: null, ending: 'finish' };
  });
  const { gate } = open.hands;
  const running = finishRun(server, {
    ...{ text: 'Move', tools: [tool], gate, messageId: testId(9), signal: stop.signal, clock: open.clock },
  });
  return running;
}

async function allow(open: TestHands): Promise<string> {
  await expect.poll(() => open.view().waiting.length, { timeout: 10_000, interval: 10 }).toBe(1);
  const callId = open.view().waiting[0]?.callId ?? '';
  await open.hands.handlers.calls['hands.answer']({ callId, answer: 'always' });
  return callId;
}

test('stopped in its middle, a deed of several steps is told by its steps, and the tool is not called broken', async () => {
  const open = await openTestHands();
  const stop = new AbortController();
  const reached = Promise.withResolvers<void>();
  const step = Promise.withResolvers<void>();
  const tool = mover(() => {
    reached.resolve();
    return step.promise;
  });
  const running = run(open, tool, 1, stop);
  const callId = await allow(open);
  await reached.promise;
  stop.abort(new Error('stopped by the person'));
  step.resolve();
  await running;
  await expect.poll(() => open.hands.gate.isBusy('C1'), { timeout: 10_000, interval: 10 }).toBe(false);
  expect((await open.hands.records.endOf(callId))?.outcome).toEqual({
    kind: 'failed',
    message:
      'It ended in the middle. Done: moved /in/0 to /out/0; moved /in/1 to /out/1. What is not named here and comes after was not begun. Do not do again what is done.',
  });
});

test('while a deed that took too long has not ended, nothing else is begun for that conversation', async () => {
  const open = await openTestHands();
  const reached = Promise.withResolvers<void>();
  const step = Promise.withResolvers<void>();
  let times = 0;
  const tool = mover(
    () => {
      times += 1;
      reached.resolve();
      return step.promise;
    },
    { timeMs: 1_000 },
  );
  const running = run(open, tool, 2);
  await allow(open);
  await reached.promise;
  await open.clock.advance(6_001);
  const { events } = await running;
  const said = ofKind(events, 'tool-outcome').map(({ outcome }) => outcome);
  expect(said).toMatchObject([
    { kind: 'failed', message: expect.stringContaining('It was told to stop; look before you do it again.') },
    { kind: 'failed', message: expect.stringContaining('has not ended yet') },
  ]);
  expect(times).toBe(1);
  step.resolve();
});
