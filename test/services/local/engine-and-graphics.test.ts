import { describe, expect, it } from 'vitest';
import {
  type FromEngine,
  type LoadOrder,
  type ToEngine,
  toEngineSchema,
} from '../../../node-core/agents/local/engine/engine-messages.ts';
import { createLocalEngine, type LocalEngine } from '../../../node-core/agents/local/engine/local-engine.ts';
import type { ForkedChild } from '../../../node-core/protocol/ports/host.ts';
import { failureOf } from '../../builders/failure.ts';
import { question, wholeAnswer } from '../../builders/local-engine.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const never = new AbortController().signal;
const file = {
  id: 'tiny',
  name: 'Tiny',
  path: '/models/tiny.gguf',
  sizeBytes: 1,
  contextTokens: 2_048,
  isThere: true,
};

type Behaviour = (order: ToEngine, act: { tell(news: FromEngine): void; exit(): void }) => void;

/** A child that does what `behaves` says; it does so after the order was sent, as a process does. */
function fakeChild(behaves: Behaviour): ForkedChild {
  let hear: (message: unknown) => void = () => undefined;
  let ended: (exit: { readonly code: number | null }) => void = () => undefined;
  return {
    pid: 1,
    send: (message) =>
      queueMicrotask(() => {
        behaves(toEngineSchema.parse(message), { tell: (news) => hear(news), exit: () => ended({ code: null }) });
      }),
    onMessage(listener) {
      hear = listener;
    },
    onExit(listener) {
      ended = listener;
    },
    kill: () => undefined,
  };
}

/** An engine with a graphics card, and with what its processes were told to compute. */
function engineWith(behaves: Behaviour) {
  const gpus: LoadOrder['gpu'][] = [];
  const clock = createFakeClock(Date.UTC(2026, 5, 1));
  const engine = createLocalEngine({
    fork: () =>
      fakeChild((order, act) => {
        if (order.kind === 'load') gpus.push(order.gpu);
        behaves(order, act);
      }),
    clock,
    log: createRecordedLog(),
    installed: () => ({ folder: '/engine', gpu: 'vulkan' }),
    isMemoryShort: () => false,
    environment: {},
  });
  return { engine, gpus, clock };
}

const answers: Behaviour = (order, { tell }) => {
  if (order.kind === 'load') tell({ kind: 'loaded', contextTokens: 2_048 });
  if (order.kind !== 'generate') return;
  tell({ kind: 'text', id: order.id, text: 'Hello' });
  tell({ kind: 'done', id: order.id, reason: 'stop', inputTokens: 1, outputTokens: 1 });
};

const ask = (engine: LocalEngine) => wholeAnswer(engine.generate(file, question('Hi'), never));

describe('a graphics card that does not work', () => {
  it.each<[string, Behaviour]>([
    ['ends the process', (_, { exit }) => exit()],
    ['takes no model', (_, { tell }) => tell({ kind: 'unloadable', cause: 'load', detail: '' })],
    ['has too little memory', (_, { tell }) => tell({ kind: 'unloadable', cause: 'memory', detail: '' })],
  ])('when it %s, the first answer comes from the processor already', async (_when, breaks) => {
    const { engine, gpus } = engineWith((order, act) =>
      order.kind === 'load' && order.gpu !== 'none' ? breaks(order, act) : answers(order, act),
    );
    expect((await ask(engine)).text).toBe('Hello');
    expect((await ask(engine)).text).toBe('Hello');
    expect(gpus).toEqual(['vulkan', 'none']);
  });

  it('is given up when it ends two answers in a row', async () => {
    let gpu: LoadOrder['gpu'] = 'none';
    const { engine, gpus, clock } = engineWith((order, act) => {
      if (order.kind === 'load') gpu = order.gpu;
      if (order.kind === 'generate' && gpu !== 'none') act.exit();
      else answers(order, act);
    });
    for (const _ of ['first', 'second']) {
      expect(await failureOf(ask(engine))).toMatchObject({ kind: 'engine-ended', cause: 'crash' });
      await clock.advance(60_000);
    }
    expect((await ask(engine)).text).toBe('Hello');
    expect(gpus).toEqual(['vulkan', 'vulkan', 'none']);
  });
});
