import { expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { type JoinReview, joinStepNames, type TrustView } from '../../../node-core/api/trust-views.ts';
import { exitCodes } from '../../../node-core/commands/exit-codes.ts';
import { joinByLink } from '../../../node-core/commands/hive/join.ts';
import { reviewText } from '../../../node-core/commands/hive/review-text.ts';
import { anchorKey, applicationView, membershipView, trustView } from '../../builders/trust-view.ts';
import { FakeClient } from '../../doubles/client.ts';
import { recordSurroundings } from '../../doubles/surroundings.ts';

const link = 'nunba://join?at=https%3A%2F%2Fcentral.example%3A6776';
const review: JoinReview = {
  at: 'https://central.example:6776',
  anchor: anchorKey,
  anchorWords: ['ocean', 'tulip', 'radar', 'sugar'],
  tier: 'regional',
  hiveName: 'Test hive',
  hasInvite: true,
  tls: 'cd'.repeat(32),
};
const applying = trustView({ application: applicationView() });
const member = trustView({ membership: membershipView() });

type Steps = NonNullable<TrustView['join']>['steps'];
type Step = Steps[number];

/** A join whose first steps are as given; the one after them runs, the rest wait. */
function progress(...known: readonly Pick<Step, 'state' | 'tookMs'>[]): TrustView['join'] {
  const steps = joinStepNames.map((name, place): Step => {
    const state = place === known.length ? 'running' : 'waiting';
    return { name, state, tookMs: null, ...known[place] };
  });
  return { at: review.at, hiveName: null, startedAt: 0, steps };
}
const done = (tookMs: number | null) => ({ state: 'done', tookMs }) as const;

/** Lines that begin with seconds, without those. */
const timed = (printed: string): readonly string[] =>
  printed
    .split('\n')
    .filter((line) => /^ *\d+\.\d s {2}/.test(line))
    .map((line) => line.slice(10));

function setUp(terms: Parameters<typeof recordSurroundings>[0] = {}) {
  const surroundings = recordSurroundings(terms);
  const client = new FakeClient({
    calls: { 'trust.review': () => review, 'trust.join': () => ({}) },
    first: { 'trust.watch': applying },
  });
  const run = (isAgreed: boolean, isRunning = true) =>
    joinByLink(surroundings, { client, isRunning }, { link, isAgreed });
  /** When the join is being followed. */
  const followed = () => expect.poll(() => surroundings.printed()).toMatch(/Applying at/);
  return { surroundings, client, run, followed };
}

test('the review says whom to trust and what that allows', () => {
  const text = reviewText(review);
  expect(text).toContain('calls itself "Test hive"');
  expect(text).toMatch(/Anchor +ocean tulip radar sugar\n +a{64}\n/);
  expect(text).toContain('its certificate is pinned by the link');
  expect(text).toContain('can stop all agents on this computer, your own chats too');
  expect(reviewText({ ...review, hasInvite: false, hiveName: null })).toMatch(
    /has no name[\s\S]+a steward has to approve/,
  );
  expect(reviewText({ ...review, tls: null })).toContain('vouched for by the system');
  expect(reviewText({ ...review, hiveName: 'x\u001b[2Jy' })).not.toContain('\u001b');
});

test('without a terminal nothing is joined, and it is said how to agree', async () => {
  const { surroundings, client, run } = setUp({ answer: null });
  expect(await run(false)).toBe(exitCodes.failed);
  expect(surroundings.said.join()).toContain('--yes');
  expect(client.inputs('trust.join')).toEqual([]);
});

test.each(['n', '', 'yep', 'nein'])('the answer %j joins nothing', async (answer) => {
  const { client, run } = setUp({ answer });
  expect(await run(false)).toBe(exitCodes.failed);
  expect(client.inputs('trust.join')).toEqual([]);
});

test.each(['y', 'Y', ' yes '])('the answer %j joins, and each step is shown with its time', async (answer) => {
  const { surroundings, client, run, followed } = setUp({ answer });
  const code = run(false);
  await followed();
  client.emit('trust.watch', applying);
  client.emit('trust.watch', member);
  expect(await code).toBe(exitCodes.done);
  expect(timed(surroundings.printed())).toEqual([
    'Applying at https://central.example:6776',
    'This node is a local of the hive.',
  ]);
  expect(client.watching('trust.watch')).toBe(0);
});

test('each of the seven steps is shown once, as it happens, and the last of them is waited for', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  const asked = [done(12), done(340.4), done(1), done(1_550)];
  client.emit('trust.watch', { ...applying, join: progress(done(12), done(340.4)) });
  client.emit('trust.watch', { ...applying, join: progress(...asked) });
  client.emit('trust.watch', { ...member, join: progress(...asked, done(8)) });
  client.emit('trust.watch', { ...member, join: progress(...asked, done(8), done(0)) });
  expect(timed(surroundings.printed())).toHaveLength(7);
  client.emit('trust.watch', { ...member, join: progress(...asked, done(8), done(0), done(99)) });
  expect(await code).toBe(exitCodes.done);
  expect(timed(surroundings.printed())).toEqual([
    'Applying at https://central.example:6776',
    'Keys ready (12 ms)',
    'central.example:6776 reached (340 ms)',
    'central.example:6776 proved that it is the hive’s (1 ms)',
    'Challenge answered (1.6 s)',
    'Certificate received, until 2026-06-03T12:00:00Z (8 ms)',
    'Federation key set (0 ms)',
    'central.example:6776 answers signed requests (99 ms)',
    'This node is a local of the hive.',
  ]);
});

test('a member whose first signed request was not answered is one all the same, and hears why', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  const five = Array.from({ length: 5 }, () => done(null));
  const failed = { state: 'failed', tookMs: null } as const;
  const renewalObstacle = { kind: 'unreachable', code: 'timeout', said: null, sentence: 'It is silent.' } as const;
  const membership = membershipView({ renewalObstacle });
  client.emit('trust.watch', trustView({ membership, join: progress(...five, failed, failed) }));
  expect(await code).toBe(exitCodes.done);
  expect(timed(surroundings.printed()).slice(5)).toEqual([
    'Certificate received, until 2026-06-03T12:00:00Z',
    'Federation key not set: the one that came with the certificate does not open on this computer.',
    'The first signed request was not answered as it should be. It is silent.',
    'This node is a local of the hive.',
  ]);
});

test('a federation key that comes later is not waited for', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  const five = Array.from({ length: 5 }, () => done(null));
  const join = progress(...five, { state: 'waiting', tookMs: null }, done(3));
  client.emit('trust.watch', trustView({ membership: membershipView(), join }));
  expect(await code).toBe(exitCodes.done);
  expect(surroundings.printed()).not.toContain('Federation key');
});

test('what is pending is no failure: the words for the steward are shown, and what goes on by itself', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  client.emit('trust.watch', trustView({ application: applicationView({ phase: 'pending' }) }));
  expect(await code).toBe(exitCodes.done);
  expect(surroundings.printed()).toContain('own words of node');
  expect(surroundings.printed()).toContain('requests approve cccccccccccccccc');
  expect(surroundings.printed()).toContain('goes on by itself while this node runs; nunba-node trust');
  expect(surroundings.asked).toEqual([]);
});

test('what is pending where no node runs says how to start it', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true, false);
  await followed();
  client.emit('trust.watch', trustView({ application: applicationView({ phase: 'pending' }) }));
  expect(await code).toBe(exitCodes.done);
  expect(surroundings.printed()).toContain('Start it: nunba-node serve');
});

test('a failed join says why, and the command fails', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  const obstacle = {
    kind: 'refused',
    code: 'invite-used',
    said: null,
    sentence: 'The invite has been used. Ask for a new one.',
  } as const;
  client.emit('trust.watch', trustView({ application: applicationView({ phase: 'failed', obstacle }) }));
  expect(await code).toBe(exitCodes.failed);
  expect(surroundings.said).toEqual([obstacle.sentence]);
});

test('an obstacle is shown, and the join is waited for', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  const obstacle = { kind: 'unreachable', code: 'refused', said: null, sentence: 'Nothing listens there.' } as const;
  const nextTryAt = Date.UTC(2026, 5, 1, 12, 1);
  client.emit('trust.watch', trustView({ application: applicationView({ obstacle, nextTryAt }) }));
  client.emit('trust.watch', member);
  expect(await code).toBe(exitCodes.done);
  expect(surroundings.printed()).toContain('Nothing listens there. Next try at 2026-06-01T12:01:00Z.');
});

test('a join that somebody else cancelled is no success', async () => {
  const { client, run, followed } = setUp();
  const code = run(true);
  await followed();
  client.emit('trust.watch', trustView());
  expect(await code).toBe(exitCodes.failed);
});

test('Ctrl+C leaves the join as it is, and says so', async () => {
  const { surroundings, client, run, followed } = setUp();
  const code = run(true);
  await followed();
  surroundings.interrupt();
  expect(await code).toBe(exitCodes.interrupted);
  expect(surroundings.said.join()).toMatch(/left as it is and goes on.*join --cancel/);
  expect(client.recorded.map(({ name }) => name)).toEqual(['trust.review', 'trust.join']);
});

test('a node that goes away in the middle is told', async () => {
  const { client, run, followed } = setUp();
  const code = run(true);
  await followed();
  client.end('trust.watch', { kind: 'disconnected' });
  await expect(code).rejects.toThrow(FailureError);
});
