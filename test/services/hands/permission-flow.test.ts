import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineDeedTool, type Tool } from '../../../node-core/agents/tools/tool.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import type { PermissionAnswer } from '../../../node-core/protocol/hands/permission.ts';
import { openTestHands, type TestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';
import { finishRun, ofKind } from '../../builders/loop-run.ts';
import { modelServer } from '../../builders/model-server.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';
import type { Piece } from '../../doubles/model-server/reply.ts';

/** A tool that asks a page for something, and counts how often it did. */
const fetcher = (asked: string[]): Tool =>
  defineDeedTool({
    name: 'fetch_page',
    description: 'Fetches',
    isOutside: true,
    input: z.strictObject({ host: z.string() }),
    plan: async ({ host }) => ({
      kind: 'deed',
      deed: { kind: 'fetch-page', url: `https://${host}/`, host },
      run: async (_context, notes) => {
        await notes.act({ kind: 'outside', what: `asked ${host}` }, async () => void asked.push(host));
        return { value: `page of ${host}`, sources: [] };
      },
    }),
  });

const callsOf = (...hosts: string[]): Piece[] =>
  hosts.map((host, index) => ({ kind: 'tool-call', id: `call${index}`, name: 'fetch_page', arguments: { host } }));

interface Asking {
  readonly hosts: readonly string[];
  /** `null`: a program asks. */
  readonly messageId?: string | null;
}

/** Runs the loop with a model that calls the tool once for each host and then says that it is done. */
async function ask(open: TestHands, asked: string[], { hosts, messageId = testId(9) }: Asking) {
  const server = await modelServer();
  let turn = 0;
  server.script(() => {
    turn += 1;
    const pieces: Piece[] = turn === 1 ? callsOf(...hosts) : [{ kind: 'text', text: 'Done.' }];
    return { kind: 'stream', pieces, rate: null, ending: 'finish' };
  });
  const breaker = createFakeBreaker();
  const stop = new AbortController();
  const running = finishRun(server, {
    text: 'Fetch',
    tools: [fetcher(asked)],
    gate: open.hands.gate,
    breaker,
    series: open.view().grants.length + asked.length,
    signal: stop.signal,
    ...(messageId === null ? {} : { messageId }),
  });
  return { running, server, breaker, stop };
}

const waiting = (open: TestHands) =>
  expect.poll(() => open.view().waiting.length, { timeout: 10_000, interval: 10 }).toBe(1);

async function answerNext(open: TestHands, answer: PermissionAnswer): Promise<void> {
  await waiting(open);
  const [first] = open.view().waiting;
  await open.hands.handlers.calls['hands.answer']({ callId: first?.callId ?? '', answer });
}

test.each([
  ['once', ['a', 'a'], ['once', 'once'], 0],
  ['chat', ['a', 'a'], ['chat'], 1],
  ['always', ['a', 'a'], ['always'], 1],
  ['chat', ['a', 'b'], ['chat', 'chat'], 2],
] as const)('allowed %s, asked for %j: the person answers %j', async (answer, hosts, answers, grants) => {
  const open = await openTestHands();
  const asked: string[] = [];
  const { running } = await ask(open, asked, { hosts });
  for (const _ of answers) await answerNext(open, answer);
  const { failure, events } = await running;
  expect([failure, asked, open.view().grants.length]).toEqual([null, [...hosts], grants]);
  expect(ofKind(events, 'tool-outcome').map(({ outcome }) => outcome.kind)).toEqual(['done', 'done']);
});

test('refused: nothing is done, nothing is kept, and the model is told', async () => {
  const open = await openTestHands();
  const asked: string[] = [];
  const { running, server } = await ask(open, asked, { hosts: ['a'] });
  await answerNext(open, 'no');
  const { events } = await running;
  expect([asked, open.view()]).toEqual([[], { grants: [], folders: [], waiting: [] }]);
  expect(ofKind(events, 'tool-deed').map(({ approval }) => approval.kind)).toEqual(['asked', 'refused']);
  expect(JSON.stringify(server.prompts()[1]?.body)).toContain('The person did not allow this.');
  expect((await open.hands.handlers.calls['hands.past']({ before: null, count: 5 })).deeds).toEqual([]);
});

test('taken back: the next deed asks again', async () => {
  const open = await openTestHands();
  const asked: string[] = [];
  const first = await ask(open, asked, { hosts: ['a'] });
  await answerNext(open, 'always');
  await first.running;
  await open.hands.handlers.calls['hands.revoke']({ grantId: open.view().grants[0]?.id ?? '' });
  const second = await ask(open, asked, { hosts: ['a'] });
  await answerNext(open, 'no');
  await second.running;
  expect(asked).toEqual(['a']);
});

test('a program that asks over HTTP is refused, but for what is always allowed', async () => {
  const open = await openTestHands();
  const asked: string[] = [];
  const before = await ask(open, asked, { hosts: ['a'], messageId: null });
  expect(ofKind((await before.running).events, 'tool-deed')).toMatchObject([
    { approval: { kind: 'refused', by: 'nobody' } },
  ]);
  const person = await ask(open, asked, { hosts: ['a'] });
  await answerNext(open, 'always');
  await person.running;
  const after = await ask(open, asked, { hosts: ['a', 'b'], messageId: null });
  const { events } = await after.running;
  expect(ofKind(events, 'tool-deed').map(({ approval }) => approval)).toEqual([
    { kind: 'given', scope: 'always', by: 'grant' },
    { kind: 'refused', by: 'nobody' },
  ]);
  expect(asked).toEqual(['a', 'a']);
});

test('stopped while it waits: nothing waits any more, and a late answer does nothing', async () => {
  const open = await openTestHands();
  const asked: string[] = [];
  const { running, stop } = await ask(open, asked, { hosts: ['a'] });
  await waiting(open);
  const callId = open.view().waiting[0]?.callId ?? '';
  stop.abort(new Error('stopped by the person'));
  await running;
  const late = Promise.resolve().then(() => open.hands.handlers.calls['hands.answer']({ callId, answer: 'always' }));
  expect(await late.catch(failureOf)).toEqual({ kind: 'not-found', what: 'deed' });
  expect([asked, open.view().grants, open.view().waiting]).toEqual([[], [], []]);
});

test('paused between question and answer: allowed is not done', async () => {
  const open = await openTestHands();
  const asked: string[] = [];
  const { running, breaker } = await ask(open, asked, { hosts: ['a'] });
  await waiting(open);
  breaker.trip();
  await answerNext(open, 'once');
  expect((await running).failure).toMatchObject({ kind: 'agents-paused' });
  expect(asked).toEqual([]);
});

test('results from outside stand between marks in what the model is told', async () => {
  const open = await openTestHands();
  const { running, server } = await ask(open, [], { hosts: ['a'] });
  await answerNext(open, 'once');
  await running;
  const told = JSON.stringify(server.prompts()[1]?.body);
  expect(told).toMatch(/⟦outside-data ([a-z0-9]{16}) tool=[^⟧]*⟧.*page of a.*⟦end-of-outside-data \1⟧/);
});

test('a tool that is called too often within a minute is refused, without asking', async () => {
  const open = await openTestHands();
  const asked: string[] = [];
  const server = await modelServer();
  server.script(() => ({ kind: 'stream', pieces: callsOf('a', 'a', 'a'), rate: null, ending: 'finish' }));
  const tool = { ...fetcher(asked), limits: { timeMs: 1000, resultChars: 100, perMinute: 2 } };
  const running = finishRun(server, {
    text: 'x',
    tools: [tool],
    gate: open.hands.gate,
    messageId: testId(9),
    limits: { steps: 1 },
  });
  await answerNext(open, 'chat');
  const { events } = await running;
  expect(asked).toEqual(['a', 'a']);
  expect(ofKind(events, 'tool-outcome').at(-1)?.outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('2 times within a minute'),
  });
});

test.each(['chat', 'always'] as const)(
  'what it is about changes while the person is asked: “%s” allows what was shown, and nothing after it',
  async (answer) => {
    const open = await openTestHands();
    const asked: string[] = [];
    const { running } = await ask(open, asked, { hosts: ['a', 'a'] });
    await waiting(open);
    await open.hands.revokeAbout((subject) => subject.kind === 'host' && subject.host === 'a');
    await answerNext(open, answer);
    // The same once more is asked again.
    await answerNext(open, 'no');
    const { events } = await running;
    expect([asked, open.view().grants]).toEqual([['a'], []]);
    expect(ofKind(events, 'tool-deed')[1]?.approval).toEqual({ kind: 'given', scope: 'once', by: 'person' });
  },
);

test('a command that is allowed for longer: one permission in place of the shorter one, and none when it is taken back', async () => {
  const open = await openTestHands();
  const { gate, handlers } = open.hands;
  const command = { agentId: 'nunba', toolName: 'run_command', conversationId: testId(1) };
  const deedFor = (seconds: number) => ({
    kind: 'run-command' as const,
    command: 'make',
    folder: '/home/ann',
    seconds,
  });
  const judged = (seconds: number) => gate.judge({ ...command, deed: deedFor(seconds), canAsk: true }).kind;
  const allow = async (seconds: number): Promise<void> => {
    const question = { ...command, callId: `call${seconds}`, deed: deedFor(seconds), since: 0 };
    const answered = gate.ask(question, new AbortController().signal);
    await answerNext(open, 'always');
    await answered;
  };
  await allow(30);
  expect([judged(29), judged(30), judged(31)]).toEqual(['allowed', 'allowed', 'ask']);
  await allow(600);
  await allow(60);
  expect(open.view().grants.map(({ subject }) => subject)).toEqual([
    { kind: 'command', command: 'make', folder: '/home/ann', seconds: 600 },
  ]);
  await handlers.calls['hands.revoke']({ grantId: open.view().grants[0]?.id ?? '' });
  expect([open.view().grants, judged(1)]).toEqual([[], 'ask']);
});
