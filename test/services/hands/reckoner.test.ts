import { expect, onTestFinished, test } from 'vitest';
import { createReckoner } from '../../../node-core/agents/reckoner/reckoner.ts';
import { forkChild } from '../../../node-core/platform/fork-child.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { ForkedChild } from '../../../node-core/protocol/ports/host.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const never = new AbortController().signal;

/** Children that do what the test says. */
function scripted(answer: (message: { readonly id: number }) => unknown) {
  const clock = createFakeClock(0);
  const children: { killed: boolean; end: () => void }[] = [];
  const fork = (): ForkedChild => {
    const heard: ((message: unknown) => void)[] = [];
    const exits: ((exit: { code: number | null }) => void)[] = [];
    const end = (): void => {
      for (const tell of exits) tell({ code: 1 });
    };
    const child = { killed: false, end };
    children.push(child);
    return {
      pid: 1,
      send: (message) => {
        const said = answer(message as { readonly id: number });
        if (said !== null) for (const tell of heard) tell(said);
      },
      onMessage: (listener) => void heard.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => {
        child.killed = true;
      },
    };
  };
  return { clock, children, reckoner: createReckoner({ fork, clock }) };
}

test('one child does all, is ended when it is idle, and started again', async () => {
  const { clock, children, reckoner } = scripted(({ id }) => ({ kind: 'calculated', id, result: '2' }));
  expect(await reckoner.calculate('1+1', 'decimal', never)).toBe('2');
  await clock.advance(59_000);
  expect(await reckoner.calculate('1+1', 'decimal', never)).toBe('2');
  await clock.advance(59_000);
  expect(children.map(({ killed }) => killed)).toEqual([false]);
  await clock.advance(2_000);
  await reckoner.calculate('1+1', 'decimal', never);
  reckoner.stop();
  expect(children.map(({ killed }) => killed)).toEqual([true, true]);
  await expect(reckoner.calculate('1+1', 'decimal', never)).rejects.toThrow('at the moment');
});

test('what hangs is ended, what ends is told, and what is stopped waits no longer', async () => {
  const { clock, children, reckoner } = scripted(() => null);
  const hung = reckoner.calculate('1', 'decimal', never);
  hung.catch(() => undefined);
  await clock.advance(25_000);
  await expect(hung).rejects.toThrow('at the moment');
  const torn = reckoner.readPage('<p>', new URL('http://x.example'), never);
  children[1]?.end();
  await expect(torn).rejects.toThrow('at the moment');
  const stop = new AbortController();
  const stopped = reckoner.calculate('1', 'decimal', stop.signal);
  stop.abort(new Error('stopped'));
  await expect(stopped).rejects.toThrow('stopped');
  expect(children.map(({ killed }) => killed)).toEqual([true, false, false]);
  const many = Array.from({ length: 17 }, () => reckoner.calculate('1', 'decimal', never).catch(String));
  expect(await many.at(-1)).toContain('at the moment');
  children[2]?.end();
  await Promise.all(many);
});

test('what it says is data: another’s answer, and what cannot be read, is not taken', async () => {
  const answers = [
    { kind: 'page', title: 't', text: 'x' },
    { kind: 'calculated', result: 3 },
    { kind: 'refused', reason: 'No.' },
  ];
  const { clock, reckoner } = scripted(({ id }) => ({ ...answers.shift(), id }));
  await expect(reckoner.calculate('1', 'decimal', never)).rejects.toThrow('at the moment');
  const unread = reckoner.calculate('1', 'decimal', never).catch(String);
  await clock.advance(25_000);
  expect(await unread).toContain('at the moment');
  await expect(reckoner.calculate('1', 'decimal', never)).rejects.toThrow('No.');
});

test('a page of 2 MiB and a calculation without end are for another process: this one goes on', async () => {
  const reckoner = createReckoner({ fork: () => forkChild('reckoner'), clock: systemClock });
  onTestFinished(() => reckoner.stop());
  const paragraph = '<p>Some <a href="/x">words</a> in a <b>paragraph</b> of text.</p>\n';
  const page = await reckoner.readPage(
    `<title>T</title>${paragraph.repeat(31_000)}`,
    new URL('https://a.example/'),
    never,
  );
  expect(page.title).toBe('T');
  expect(page.text.slice(0, 60)).toBe('Some [words](https://a.example/x) in a paragraph of text.\n\nS');
  expect(await reckoner.calculate('factorial(20)', 'decimal', never)).toBe('2432902008176640000');
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 10);
  onTestFinished(() => clearInterval(turning));
  // 400 million steps: hours, also on a quick computer.
  const endless = reckoner.calculate('combinations(1e9, 4e8)', 'decimal', never);
  await expect(endless).rejects.toThrow('The calculation takes too long');
  expect(turns).toBeGreaterThan(5);
}, 60_000);
