import { describe, expect, it } from 'vitest';
import { defaultToolLimits } from '../../../node-core/agents/tools/tool.ts';
import { finishRun, ofKind } from '../../builders/loop-run.ts';
import { modelServer } from '../../builders/model-server.ts';
import { readingTool } from '../../builders/tool.ts';
import { createFakeClock } from '../../doubles/clock.ts';

describe('limits of the tool loop', () => {
  it('ends an answer that grows too large', async () => {
    const server = await modelServer();
    const { text, failure } = await finishRun(server, { text: 'play:long tokens:5000', limits: { sizeChars: 1000 } });
    expect(failure).toEqual({ kind: 'agent-limit', limit: 'size', allowed: 1000 });
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(await server.prompts()[0]?.over).toBe(true);
  });

  it('ends an answer that takes too long, and closes the connection', async () => {
    const server = await modelServer();
    const clock = createFakeClock(0);
    const running = finishRun(server, { text: 'play:silence', clock, limits: { timeMs: 30_000 } });
    const prompt = await server.nextPrompt();
    await clock.advance(30_000);
    expect((await running).failure).toEqual({ kind: 'agent-limit', limit: 'time', allowed: 30 });
    expect(await prompt.over).toBe(true);
    expect(clock.pendingTimers()).toBe(0);
  });

  it('contains a broken tool, without telling the model what broke', async () => {
    const server = await modelServer();
    const broken = readingTool(() => Promise.reject(new TypeError('secret path /home/me')));
    const { events, failure } = await finishRun(server, { text: 'play:tools-well', tools: [broken] });
    expect(failure).toBeNull();
    expect(ofKind(events, 'tool-outcome')[0]?.outcome).toEqual({
      kind: 'failed',
      message: 'The tool is broken at the moment. Go on without it.',
    });
  });

  it('does not wait for a tool for ever, and tells it to stop', async () => {
    const server = await modelServer();
    const clock = createFakeClock(0);
    const started = Promise.withResolvers<AbortSignal>();
    const slow = readingTool((_, { signal }) => {
      started.resolve(signal);
      return new Promise(() => undefined);
    });
    const running = finishRun(server, { text: 'play:tools-well', tools: [slow], clock });
    const signal = await started.promise;
    await clock.advance(defaultToolLimits.timeMs);
    const { events, failure } = await running;
    expect(failure).toBeNull();
    expect(ofKind(events, 'tool-outcome')[0]?.outcome).toEqual({
      kind: 'failed',
      message: 'The tool took longer than 30 s.',
    });
    expect(signal.aborted).toBe(true);
  });

  it('stops in the middle of a tool', async () => {
    const server = await modelServer();
    const stop = new AbortController();
    const reason = new Error('stopped by the person');
    const slow = readingTool((_, { signal }) => {
      signal.addEventListener('abort', () => undefined);
      stop.abort(reason);
      return new Promise(() => undefined);
    });
    const { failure, events } = await finishRun(server, {
      text: 'play:tools-well',
      tools: [slow],
      signal: stop.signal,
    });
    expect(failure).toBe(reason);
    expect(ofKind(events, 'tool-outcome')).toEqual([]);
    expect(server.prompts()).toHaveLength(1);
  });
});
