import { expect, test } from 'vitest';
import { z } from 'zod';
import { defaultLimits, LoopBudget } from '../../../node-core/agents/loop/loop-limits.ts';
import { performTool } from '../../../node-core/agents/loop/perform-tool.ts';
import { defineTool } from '../../../node-core/agents/tools/tool.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { expectLetGo } from '../../builders/collect-garbage.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';
import { createFakeChatReader } from '../../doubles/chat-reader.ts';
import { createFakeGate } from '../../doubles/deed-gate.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

/** Lets a tool read something for an answer that ends then. */
async function answerWith(read: () => object): Promise<void> {
  const tool = defineTool({
    name: 'read',
    description: 'Reads',
    input: z.strictObject({}),
    run: async () => ({ value: { text: read() } as never, sources: [] }),
  });
  const budget = new LoopBudget(defaultLimits, systemClock, new AbortController().signal);
  const breaker = createFakeBreaker();
  const means = {
    tools: [tool],
    context: { agentId: 'nunba', conversationId: 'C1', reader: createFakeChatReader({}) },
    messageId: null,
    gate: createFakeGate(),
    clock: systemClock,
    log: createRecordedLog(),
    pass: () => breaker.pass(),
    untimed: <T>(wait: () => Promise<T>) => budget.untimed(wait),
  };
  const call = { callId: 'call', toolName: 'read', input: '{}' };
  const end = await performTool(call, means, budget.signal).next();
  expect(end).toMatchObject({ done: true, value: { outcome: { kind: 'done' } } });
  budget.end();
}

test('what a tool has brought is let go of after the answer', async () => {
  const brought: WeakRef<object>[] = [];
  for (let count = 0; count < 3; count += 1) {
    await answerWith(() => {
      const text = { words: ['much', 'of', 'it'] };
      brought.push(new WeakRef(text));
      return text;
    });
  }
  // The last one may still be held by whoever has just read it.
  await expectLetGo(brought.slice(0, 2));
});
