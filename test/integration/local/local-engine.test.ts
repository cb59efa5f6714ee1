import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../node-core/api/failure-sentences.ts';
import { failureOf } from '../../builders/failure.ts';
import {
  ended,
  question,
  testedEngine,
  tinyModelFile,
  tinySentence,
  wholeAnswer,
} from '../../builders/local-engine.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const never = new AbortController().signal;
const longSeconds = 60_000;

describe('an answer of a real engine', { timeout: longSeconds }, () => {
  it('streams, is always the same, counts its tokens, and is made by one process', async () => {
    const { engine, children } = await testedEngine();
    const file = tinyModelFile();
    const pieces: string[] = [];
    for await (const event of engine.generate(file, question('Hello?'), never)) {
      if (event.kind === 'text') pieces.push(event.text);
    }
    expect(pieces.join('').trim()).toBe(tinySentence);
    expect(pieces.length).toBeGreaterThan(5);
    const again = await wholeAnswer(engine.generate(file, question('Hello?'), never));
    expect(again.text).toBe(pieces.join(''));
    expect(again.done).toMatchObject({ reason: 'stop', outputTokens: 13 });
    expect(again.done.inputTokens).toBeGreaterThan(10);
    expect(children.length).toBe(1);
  });

  it('ends at its limit, and says so', async () => {
    const { engine } = await testedEngine();
    const { text, done } = await wholeAnswer(
      engine.generate(tinyModelFile({ ends: false }), question('Go on', { mostTokens: 7 }), never),
    );
    expect(done).toMatchObject({ reason: 'length', outputTokens: 7 });
    expect(tinySentence.startsWith(text.trim())).toBe(true);
  });

  it('ends where the context is full, and never forgets the beginning silently', async () => {
    const { engine } = await testedEngine();
    const file = tinyModelFile({ ends: false, contextTokens: 256 });
    const { done } = await wholeAnswer(engine.generate(file, question('Go on'), never));
    expect(done.reason).toBe('full');
    expect(done.inputTokens + done.outputTokens).toBeLessThanOrEqual(256);
    expect(done.inputTokens + done.outputTokens).toBeGreaterThan(240);
    const wide = await wholeAnswer(engine.generate(file, question('Go on', { mostTokens: 5_000 }), never));
    expect(wide.done).toMatchObject({ reason: 'full', outputTokens: done.outputTokens });
    const tooLong = question('words '.repeat(100));
    expect(await failureOf(wholeAnswer(engine.generate(file, tooLong, never)))).toMatchObject({
      kind: 'model-context-full',
      model: 'Tiny',
    });
    // The chat goes on with less.
    expect((await wholeAnswer(engine.generate(file, question('Hi', { mostTokens: 3 }), never))).done.outputTokens).toBe(
      3,
    );
  });

  it('refuses tools that leave no room for anything else, in the words that the loop knows', async () => {
    const { engine } = await testedEngine();
    const tools = [{ name: 'add', description: 'Adds. '.repeat(40), schema: { type: 'object', properties: {} } }];
    const file = tinyModelFile({ contextTokens: 512 });
    const failure = await failureOf(wholeAnswer(engine.generate(file, question('1 + 1?', { tools }), never)));
    expect(failure).toMatchObject({ kind: 'model-error', status: 400 });
    expect(describeFailure(failure)).toContain('does not support tools');
  });

  it('is stopped at once, and the next one is answered by the same process', async () => {
    const { engine, children } = await testedEngine();
    const file = tinyModelFile({ ends: false, contextTokens: 8_192 });
    const stop = new AbortController();
    const reason = new Error('stopped by the person');
    let stoppedAtMs = 0;
    const run = async (): Promise<void> => {
      let count = 0;
      for await (const event of engine.generate(file, question('Go on'), stop.signal)) {
        count += event.kind === 'text' ? 1 : 0;
        if (count !== 20) continue;
        stoppedAtMs = performance.now();
        stop.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    expect(performance.now() - stoppedAtMs).toBeLessThan(100);
    const next = await wholeAnswer(engine.generate(file, question('And now?', { mostTokens: 5 }), never));
    expect(next.done.outputTokens).toBe(5);
    expect(children.length).toBe(1);
  });

  it('waits for its turn, up to a bound', async () => {
    const { engine } = await testedEngine({ limits: { mostWaiting: 1 } });
    const file = tinyModelFile();
    const first = wholeAnswer(engine.generate(file, question('one'), never));
    const second = wholeAnswer(engine.generate(file, question('two'), never));
    const third = failureOf(wholeAnswer(engine.generate(file, question('three'), never)));
    expect(await third).toMatchObject({ kind: 'too-many', limit: 1 });
    expect((await first).text).toBe((await second).text);
  });
});

describe('an engine that ends', { timeout: longSeconds }, () => {
  it('after a kill -9 in the middle tells so, and answers again when it is asked again', async () => {
    const { engine, children } = await testedEngine();
    const file = tinyModelFile({ ends: false, contextTokens: 8_192 });
    const run = async (): Promise<void> => {
      let count = 0;
      for await (const event of engine.generate(file, question('Go on'), never)) {
        count += event.kind === 'text' ? 1 : 0;
        if (count === 10) process.kill(children[0]?.pid ?? 0, 'SIGKILL');
      }
    };
    const failure = await failureOf(run());
    expect(failure).toEqual({ kind: 'engine-ended', model: 'Tiny', cause: 'crash' });
    expect(describeFailure(failure)).toContain('try again');
    const again = await wholeAnswer(engine.generate(file, question('Again', { mostTokens: 4 }), never));
    expect(again.done.outputTokens).toBe(4);
    expect(children.length).toBe(2);
  });

  it('does so when memory was short, and says that', async () => {
    const { engine, children, memory } = await testedEngine();
    const file = tinyModelFile({ ends: false, contextTokens: 8_192 });
    const run = async (): Promise<void> => {
      for await (const _ of engine.generate(file, question('Go on'), never)) {
        memory.isShort = true;
        process.kill(children[0]?.pid ?? 0, 'SIGKILL');
      }
    };
    expect(await failureOf(run())).toMatchObject({ kind: 'engine-ended', cause: 'memory' });
  });

  it('is ended when it hangs, and answers again', async () => {
    const { engine, children } = await testedEngine({ limits: { silentMs: 6_000 } });
    const file = tinyModelFile({ ends: false, contextTokens: 8_192 });
    const run = async (): Promise<void> => {
      let isStopped = false;
      for await (const _ of engine.generate(file, question('Go on'), never)) {
        if (!isStopped) process.kill(children[0]?.pid ?? 0, 'SIGSTOP');
        isStopped = true;
      }
    };
    expect(await failureOf(run())).toMatchObject({ kind: 'engine-ended', cause: 'hang' });
    const [first] = children;
    if (first) await ended(first);
    expect((await wholeAnswer(engine.generate(file, question('Hi', { mostTokens: 2 }), never))).done.outputTokens).toBe(
      2,
    );
  }, 60_000);

  it('is told from an engine that does not work here', async () => {
    const { engine } = await testedEngine({ folder: tempFolder() });
    const failure = await failureOf(wholeAnswer(engine.generate(tinyModelFile(), question('Hi'), never)));
    expect(failure).toMatchObject({ kind: 'engine-ended', cause: 'engine' });
    expect(describeFailure(failure)).toContain('does not work on this computer');
  });

  it('is told from a file that is no model', async () => {
    const { engine } = await testedEngine();
    const file = { ...tinyModelFile(), path: import.meta.filename, name: 'Broken' };
    expect(await failureOf(wholeAnswer(engine.generate(file, question('Hi'), never)))).toEqual({
      kind: 'engine-ended',
      model: 'Broken',
      cause: 'load',
    });
  });
});

describe('an engine that nobody uses', { timeout: longSeconds }, () => {
  it('goes after ten minutes, or at once when memory is short, and comes back when it is needed', async () => {
    const clock = createFakeClock(Date.UTC(2026, 5, 1));
    const { engine, children, memory } = await testedEngine({ clock });
    const file = tinyModelFile();
    const answer = async (): Promise<void> => {
      await wholeAnswer(engine.generate(file, question('Hi', { mostTokens: 2 }), never));
    };
    await answer();
    await clock.advance(9 * 60_000);
    await answer();
    await clock.advance(9 * 60_000);
    expect(children.length).toBe(1);
    await clock.advance(61_000);
    if (children[0]) await ended(children[0]);
    await answer();
    expect(children.length).toBe(2);
    engine.release('/models/another.gguf');
    expect(children[1]?.pid).toBeDefined();
    await answer();
    expect(children.length).toBe(2);
    engine.release(file.path);
    if (children[1]) await ended(children[1]);
    await answer();
    memory.isShort = true;
    await clock.advance(20_000);
    if (children[2]) await ended(children[2]);
    expect(clock.pendingTimers()).toBe(0);
  });
});
