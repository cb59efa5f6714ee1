import { describe, expect, it } from 'vitest';
import { defaultEngineLimits } from '../../../node-core/agents/local/engine/engine-limits.ts';
import { type FromEngine, toEngineSchema } from '../../../node-core/agents/local/engine/engine-messages.ts';
import { EngineProcess } from '../../../node-core/agents/local/engine/engine-process.ts';
import { enginePrompt } from '../../../node-core/agents/local/engine/engine-prompt.ts';
import { failureOf } from '../../builders/failure.ts';
import { question } from '../../builders/local-engine.ts';
import { createFakeClock } from '../../doubles/clock.ts';

/** An engine's process that is alive every second, and does what the test tells it to do. */
function aliveProcess(memory: { isShort: boolean } = { isShort: false }) {
  const clock = createFakeClock(Date.UTC(2026, 5, 1));
  let hear: (message: unknown) => void = () => undefined;
  let exit: () => void = () => undefined;
  let id = 0;
  const child = {
    pid: 1,
    send: (message: unknown) => {
      const order = toEngineSchema.parse(message);
      if (order.kind === 'generate') id = order.id;
    },
    onMessage: (listener: (message: unknown) => void) => {
      hear = listener;
    },
    onExit: (listener: (exit: { readonly code: null }) => void) => {
      exit = () => listener({ code: null });
    },
    kill: () => undefined,
  };
  const means = { clock, limits: defaultEngineLimits, isMemoryShort: () => memory.isShort, modelName: 'Tiny' };
  const engine = new EngineProcess(child, means);
  clock.every(1_000, () => hear({ kind: 'alive' }));
  const tell = (kind: 'busy' | 'done'): void => {
    const news: FromEngine =
      kind === 'busy' ? { kind, id } : { kind, id, reason: 'stop', inputTokens: 1, outputTokens: 1 };
    hear(news);
  };
  return { engine, clock, tell, exit: () => exit() };
}

const never = new AbortController().signal;

describe('a model that writes the arguments of a call for long', () => {
  it('is not taken for one that hangs', async () => {
    const { engine, clock, tell } = aliveProcess();
    const first = engine.run({ kind: 'generate', ...question('Write a long file') }, never).next();
    for (let minute = 0; minute < 30; minute += 1) {
      await clock.advance(60_000);
      tell('busy');
    }
    tell('done');
    expect((await first).value).toMatchObject({ kind: 'done' });
  });

  it('is taken for one that hangs when it writes nothing more', async () => {
    const { engine, clock, tell } = aliveProcess();
    const failure = failureOf(engine.run({ kind: 'generate', ...question('Write a long file') }, never).next());
    await clock.advance(60_000);
    tell('busy');
    await clock.advance(defaultEngineLimits.withoutTokenMs + 2_000);
    expect(await failure).toMatchObject({ kind: 'engine-ended', cause: 'hang' });
  });
});

describe('an engine that the system has ended', () => {
  it.each([
    [3_000, 'memory'],
    [30_000, 'crash'],
  ])('%i ms after memory was short: %s', async (passedMs, cause) => {
    const memory = { isShort: false };
    const { engine, clock, exit } = aliveProcess(memory);
    const failure = failureOf(engine.run({ kind: 'generate', ...question('Hello') }, never).next());
    await clock.advance(5_000);
    memory.isShort = true;
    await clock.advance(1_000);
    // What it had is free again by the time that its end is noticed.
    memory.isShort = false;
    await clock.advance(passedMs);
    exit();
    expect(await failure).toMatchObject({ kind: 'engine-ended', cause });
  });
});

it('tells the engine which calls were made together, and which after the results of others', () => {
  const call = (toolCallId: string) => ({ type: 'tool-call' as const, toolCallId, toolName: toolCallId, input: {} });
  const result = (toolCallId: string) => ({
    type: 'tool-result' as const,
    toolCallId,
    toolName: toolCallId,
    output: { type: 'text' as const, value: `of ${toolCallId}` },
  });
  const [, answer] = enginePrompt([
    { role: 'user', content: [{ type: 'text', text: 'Go' }] },
    { role: 'assistant', content: [call('a'), call('b')] },
    { role: 'tool', content: [result('a'), result('b')] },
    { role: 'assistant', content: [call('c')] },
    { role: 'tool', content: [result('c')] },
  ]);
  const parts = answer?.role === 'assistant' ? answer.parts : [];
  expect(parts.map((part) => part.kind === 'call' && [part.name, part.startsRound, part.result])).toEqual([
    ['a', true, 'of a'],
    ['b', false, 'of b'],
    ['c', true, 'of c'],
  ]);
});
