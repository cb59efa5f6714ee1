import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createHands, type DeedGate } from '../../node-core/agents/hands/create-hands.ts';
import { createOutsideMarks } from '../../node-core/agents/loop/outside-marks.ts';
import { runLoop } from '../../node-core/agents/loop/run-loop.ts';
import type { LanguageModel, StreamPart } from '../../node-core/agents/models/language-model.ts';
import { defineDeedTool, defineTool, type Tool } from '../../node-core/agents/tools/tool.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { createIds } from '../builders/ids.ts';
import { createFakeBreaker } from '../doubles/breaker.ts';
import { createFakeChatReader } from '../doubles/chat-reader.ts';
import { temporaryFolder } from './spawn-node.ts';
import { type Measurement, median } from './statistics.ts';

const steps = 40;
const runs = 9;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What the loop of an answer adds to each step, with a model and a tool that take no time. */
export async function measureLoop(): Promise<readonly Measurement[]> {
  const folder = temporaryFolder();
  const storage = await openStorage({
    file: path.join(folder, 'nunba.db'),
    backupsFolder: path.join(folder, 'backups'),
    clock: systemClock,
    log: silent,
  });
  try {
    const gate = await allowingGate(storage);
    const read = await perStep(gate, readingTool);
    const deed = await perStep(gate, deedTool);
    const note = `model and tool take no time; median of ${runs} answers of ${steps} steps`;
    return [
      { name: 'loop per step, a tool that reads', value: read, unit: 'ms', budget: null, note },
      {
        name: 'loop per step, a deed that is allowed',
        value: deed,
        unit: 'ms',
        budget: null,
        note: `${note}; four durable writes each, SQLite with synchronous=FULL`,
      },
    ];
  } finally {
    await storage.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const input = z.strictObject({});
const limits = { perMinute: Number.MAX_SAFE_INTEGER };
const done = { value: 'done', sources: [] };
const words = { name: 'step', description: 'Takes a step', input, limits };

const readingTool: Tool = defineTool({ ...words, run: async () => done });

const deedTool: Tool = defineDeedTool({
  ...words,
  plan: async () => ({
    kind: 'deed',
    deed: { kind: 'fetch-page', url: 'https://example.org/', host: 'example.org' },
    run: async (_context, notes) => {
      await notes.act({ kind: 'outside', what: 'took a step' }, async () => undefined);
      return done;
    },
  }),
});

/** The real gate and journal; the person answers "in this chat" at once, the first time. */
async function allowingGate(storage: Storage): Promise<DeedGate> {
  const ids = createIds(1);
  const folders = { list: () => [], onChange: () => () => undefined };
  const keeper = {
    settle: async () => 'unknown' as const,
    undo: async () => ({ kind: 'impossible' as const, reason: 'a bench' }),
  };
  const { gate, handlers } = await createHands({ storage, clock: systemClock, ids, log: silent, keeper, folders });
  handlers.subscriptions['hands.watch'](
    {},
    {
      next: ({ waiting }) => {
        for (const { callId } of waiting) {
          queueMicrotask(() => void handlers.calls['hands.answer']({ callId, answer: 'chat' }));
        }
      },
    },
  );
  return gate;
}

let series = 10;

async function perStep(gate: DeedGate, tool: Tool): Promise<number> {
  const each: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    await answer(gate, tool);
    each.push((performance.now() - startedMs) / steps);
  }
  return median(each);
}

async function answer(gate: DeedGate, tool: Tool): Promise<void> {
  const marks = createOutsideMarks([tool], '01ARZ3NDEKTSV4RRFFQ69G5FAV');
  const place = { agentId: 'nunba', conversationId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' };
  series += 1;
  const events = runLoop({
    model: callingModel(),
    context: { host: 'bench', model: 'bench', key: null, now: 0 },
    prompt: async () => [{ role: 'user', content: [{ type: 'text', text: 'Go' }] }],
    parameters: { temperature: null, topP: null, maxOutputTokens: null },
    means: {
      tools: [tool],
      context: { ...place, reader: createFakeChatReader({}) },
      messageId: place.conversationId,
      gate,
      clock: systemClock,
      log: silent,
    },
    mark: marks.mark,
    limits: { steps: steps + 1, timeMs: 60_000, sizeChars: 10_000_000 },
    clock: systemClock,
    signal: new AbortController().signal,
    ids: createIds(series),
    breaker: createFakeBreaker(),
    hasThinkTags: false,
    partial: '',
    onToolsRefused: () => undefined,
    onSources: () => undefined,
  });
  for await (const _ of events);
}

/** Calls the tool at each step, and says a word at the end. */
function callingModel(): LanguageModel {
  let asked = 0;
  return {
    doStream: async () => {
      asked += 1;
      const last = asked > steps;
      const parts: StreamPart[] = last
        ? [
            { type: 'text-start', id: '1' },
            { type: 'text-delta', id: '1', delta: 'Done.' },
            { type: 'text-end', id: '1' },
          ]
        : [{ type: 'tool-call', toolCallId: `call${asked}`, toolName: 'step', input: '{}' }];
      const usage = {
        inputTokens: { total: 1, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: 1, text: undefined, reasoning: undefined },
      };
      const unified = last ? ('stop' as const) : ('tool-calls' as const);
      parts.push({ type: 'finish', finishReason: { unified, raw: unified }, usage });
      return {
        stream: new ReadableStream<StreamPart>({
          start(controller) {
            for (const part of parts) controller.enqueue(part);
            controller.close();
          },
        }),
      };
    },
  };
}
