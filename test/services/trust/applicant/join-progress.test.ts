import { describe, expect, it } from 'vitest';
import { joinStepNames, type TrustView } from '../../../../node-core/api/trust-views.ts';
import { newEnrolment, unconfirmedEnrolment } from '../../../../node-core/protocol/trust/enrolment-machine.ts';
import {
  broken,
  goneOn,
  type JoinProgress,
  newProgress,
  passed,
  progressView,
  resumedProgress,
} from '../../../../node-core/trust/applicant/join-progress.ts';
import type { Application, ApplicationPhase } from '../../../../node-core/trust/membership/membership-record.ts';
import type { HiveCall, HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { quickWords, startApplicant, type TestApplicant } from '../../../builders/applicant.ts';
import { deskClient, type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { centralUrl, faraway, isIn, isMember, nearby } from '../../../builders/joining.ts';

type Progress = NonNullable<TrustView['join']>;

/** `name time`, or `name state` for what is not done. */
const brief = (progress: TrustView['join'] | undefined): readonly string[] =>
  progress?.steps.map(({ name, state, tookMs }) => `${name} ${state === 'done' ? tookMs : state}`) ?? [];
const states = (progress: TrustView['join']): readonly string[] =>
  (progress as Progress).steps.map(({ state }) => state);

const application = (phase: ApplicationPhase): Application => ({
  order: {
    issuer: { url: centralUrl, pin: null },
    anchor: null,
    tier: 'regional',
    hiveName: 'The lab',
    invite: null,
    from: 'link',
  },
  phase,
  startedAt: 7,
  words: null,
});
const pending: ApplicationPhase = {
  kind: 'pending',
  enrolmentId: '1'.repeat(32),
  since: 0,
  nextPollAt: 0,
  tries: 0,
  obstacle: null,
};
const done = (progress: JoinProgress, name: (typeof joinStepNames)[number], now: number): JoinProgress =>
  passed(progress, name, { outcome: 'done', now });

describe('steps', () => {
  it('follow one another, each with the time since the one before', () => {
    const begun = newProgress(application(newEnrolment), 12, 100);
    expect(progressView(begun)).toMatchObject({ at: centralUrl, hiveName: 'The lab', startedAt: 7 });
    expect(brief(progressView(begun)).slice(0, 3)).toEqual([
      'keys-ready 12',
      'issuer-reached running',
      'issuer-proved waiting',
    ]);
    const names = joinStepNames.slice(1);
    const all = names.reduce((progress, name, place) => done(progress, name, 100 + (place + 1) * 10), begun);
    expect(brief(progressView(all)).slice(1)).toEqual(names.map((name) => `${name} 10`));
  });

  it('that are done stay done, with their first time', () => {
    const reached = done(newProgress(application(newEnrolment), 0, 0), 'issuer-reached', 5);
    expect(done(reached, 'issuer-reached', 50)).toBe(reached);
    expect(brief(progressView(done(reached, 'issuer-proved', 9)))[2]).toBe('issuer-proved 4');
  });

  it('break off at the one that runs', () => {
    const reached = done(newProgress(application(newEnrolment), 0, 0), 'issuer-reached', 5);
    expect(states(progressView(broken(reached))).slice(0, 4)).toEqual(['done', 'done', 'failed', 'waiting']);
  });

  it('leave out of their time what a person took to answer', () => {
    const reached = done(newProgress(application(unconfirmedEnrolment), 0, 0), 'issuer-reached', 5);
    expect(brief(progressView(done(goneOn(reached, 60_000), 'issuer-proved', 60_003)))[2]).toBe('issuer-proved 3');
  });

  it('go on beyond a federation key that did not come, and take it when it comes', () => {
    const five = joinStepNames
      .slice(1, 5)
      .reduce((progress, name) => done(progress, name, 0), newProgress(application(newEnrolment), 0, 0));
    const without = passed(five, 'federation-key-set', { outcome: 'waiting', now: 1 });
    expect(states(progressView(without)).slice(5)).toEqual(['waiting', 'running']);
    expect(brief(progressView(done(without, 'federation-key-set', 4))).slice(5)).toEqual([
      'federation-key-set 4',
      'signed-requests running',
    ]);
  });
});

it.each<[string, ApplicationPhase, readonly string[] | null]>([
  [
    'pending',
    pending,
    [
      'keys-ready null',
      'issuer-reached null',
      'issuer-proved null',
      'challenge-answered null',
      'certificate-received running',
    ],
  ],
  [
    'unconfirmed',
    { ...unconfirmedEnrolment, statedAnchor: 'a'.repeat(64) },
    ['keys-ready null', 'issuer-reached null', 'issuer-proved running'],
  ],
  ['not yet answered', unconfirmedEnrolment, ['keys-ready 3', 'issuer-reached running']],
  ['applying', newEnrolment, ['keys-ready 3', 'issuer-reached running']],
  ['failed', { kind: 'failed', at: 0, obstacle: { kind: 'defect', defect: 'expired' } }, null],
])('a restart of a join that is %s shows what is known of it', (_, phase, expected) => {
  const progress = resumedProgress(application(phase), 3, 0);
  expect(progress && brief(progressView(progress)).filter((text) => !text.endsWith('waiting'))).toEqual(expected);
});

it('a certificate that was waited for over a restart has no time: nobody measured all of it', () => {
  const resumed = resumedProgress(application(pending), 0, 0);
  expect(resumed && brief(progressView(done(resumed, 'certificate-received', 90)))[4]).toBe(
    'certificate-received null',
  );
});

describe('an applicant shows its steps', () => {
  const link = (hive: HiveDesk, terms: { anchor?: string; invite?: { id: string; secret: string } } = {}): string => {
    const { anchor = hive.anchor.publicKey, invite } = terms;
    const parts = new URLSearchParams({ at: centralUrl, anchor, tier: 'regional' });
    if (invite) parts.set('invite', `${invite.id}.${invite.secret}`);
    return `nunba://join?${parts}`;
  };
  /** A desk each of whose answers takes 10 ms. */
  const slowly = (hive: HiveDesk, callers: Parameters<typeof deskClient>[1]): HiveClient => {
    const real = deskClient(hive.desk, callers);
    return {
      async request(call: HiveCall) {
        await hive.clock.advance(10);
        return real.request(call);
      },
    };
  };
  /** All views that anybody was told, without repetitions. */
  const follow = ({ applicant }: TestApplicant): (readonly string[])[] => {
    const seen: (readonly string[])[] = [];
    applicant.onChange(() => {
      const present = brief(applicant.progress());
      if (present.join() !== seen.at(-1)?.join()) seen.push(present);
    });
    return seen;
  };
  const allDone = joinStepNames.map(() => 'done');

  it('each as it happens, until a signed request was answered, and they stay', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    const settling = {
      federationKey: async () => 'set' as const,
      async askSigned() {
        await hive.clock.advance(25);
        return true;
      },
    };
    const client = slowly(hive, faraway);
    const joining = await startApplicant({ client, clock: hive.clock, settling, keysReadyMs: 4 });
    expect(joining.applicant.progress()).toBeNull();
    const seen = follow(joining);
    await joining.applicant.join(link(hive, { invite }));
    await expect.poll(() => states(joining.applicant.progress())).toEqual(allDone);
    expect(brief(joining.applicant.progress())).toEqual([
      'keys-ready 4',
      'issuer-reached 10',
      'issuer-proved 0',
      'challenge-answered 10',
      'certificate-received 0',
      'federation-key-set 0',
      'signed-requests 25',
    ]);
    const running = seen.map((steps) => steps.find((text) => text.endsWith('running'))?.split(' ')[0]);
    expect(running.filter((name) => name !== undefined)).toEqual(joinStepNames.slice(1));
    await hive.clock.advance(3_600_000);
    expect(states(joining.applicant.progress())).toEqual(allDone);
  });

  it('waits calmly for a steward, over a restart', async () => {
    const hive = await openHiveDesk();
    const client = deskClient(hive.desk, faraway);
    const before = await startApplicant({ client, clock: hive.clock });
    await before.applicant.join(link(hive));
    await isIn(before, 'pending');
    const waiting = ['done', 'done', 'done', 'done', 'running', 'waiting', 'waiting'];
    expect(states(before.applicant.progress())).toEqual(waiting);
    await before.applicant.stop();
    const after = await startApplicant({ client, clock: hive.clock, store: before.store });
    expect(states(after.applicant.progress())).toEqual(waiting);
    expect(after.applicant.progress()?.steps.map(({ tookMs }) => tookMs)).toEqual(Array(7).fill(null));
    await hive.storage.db.updateTable('hive_enrolments').set({ state: 'approved' }).execute();
    await Promise.all([hive.clock.advance(30_000), isMember(after)]);
    await expect.poll(() => states(after.applicant.progress())).toEqual(allDone);
  });

  it.each<[string, (hive: HiveDesk) => Promise<string>, number]>([
    ['of another hive', async (hive) => link(hive, { anchor: 'f'.repeat(64) }), 2],
    [
      'by a wrong code',
      async (hive) => link(hive, { invite: { ...(await hive.invite()), secret: 'not-the-secret-of-it' } }),
      3,
    ],
  ])('a join %s has failed at its step, and another begins from the first', async (_, make, place) => {
    const hive = await openHiveDesk();
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    await joining.applicant.join(await make(hive));
    await isIn(joining, 'failed');
    await expect.poll(() => states(joining.applicant.progress()).indexOf('failed')).toBe(place);
    expect(joining.store.get().history).toEqual([expect.objectContaining({ kind: 'join-failed', times: 1 })]);
    await joining.applicant.join(link(hive));
    expect(states(joining.applicant.progress())).not.toContain('failed');
  });

  it('keeps a step running while its issuer cannot be reached, and has no second time for those before', async () => {
    const hive = await openHiveDesk();
    const real = deskClient(hive.desk, faraway);
    let lost = 1;
    const client: HiveClient = {
      async request(call) {
        const answer = await real.request(call);
        if (call.path !== '/register/answer' || lost === 0) return answer;
        lost -= 1;
        return { kind: 'unreachable', cause: 'closed' };
      },
    };
    const joining = await startApplicant({ client, clock: hive.clock });
    await joining.applicant.join(link(hive, { invite: await hive.invite() }));
    await expect.poll(() => joining.applicant.view()?.obstacle?.code).toBe('closed');
    expect(states(joining.applicant.progress()).indexOf('running')).toBe(3);
    await Promise.all([hive.clock.advance(61_000), isMember(joining)]);
    expect(brief(joining.applicant.progress()).slice(1, 4)).toEqual([
      'issuer-reached 0',
      'issuer-proved 0',
      'challenge-answered 60000',
    ]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no answer'))],
    ['was broken off', async () => false],
  ])('is a member though its first signed request %s', async (_, askSigned) => {
    const hive = await openHiveDesk({ admission: { modes: ['open'] } });
    const client = deskClient(hive.desk, nearby);
    const settling = { federationKey: async () => 'unreadable' as const, askSigned };
    const joining = await startApplicant({ client, clock: hive.clock, settling });
    await joining.applicant.join(link(hive));
    await expect.poll(() => states(joining.applicant.progress()).slice(4)).toEqual(['done', 'failed', 'failed']);
    expect(joining.store.get()).toMatchObject({ application: null, hive: { ended: null } });
  });

  it('takes a federation key that comes with the answer to the signed request', async () => {
    const hive = await openHiveDesk({ admission: { modes: ['open'] } });
    let key: 'none' | 'set' = 'none';
    const settling = {
      federationKey: async () => key,
      askSigned: async () => {
        key = 'set';
        return true;
      },
    };
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock, settling });
    await joining.applicant.join(link(hive));
    await expect.poll(() => states(joining.applicant.progress())).toEqual(allDone);
  });

  it('shows nothing any more once it was cancelled or the hive was left', async () => {
    const hive = await openHiveDesk();
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    const { applicant, store } = joining;
    await applicant.join(link(hive));
    await isIn(joining, 'pending');
    await applicant.cancel();
    expect(applicant.progress()).toBeNull();
    await applicant.join(link(hive, { invite: await hive.invite() }));
    await expect.poll(() => states(applicant.progress())).toEqual(allDone);
    await store.update((present) => ({ ...present, hive: null }));
    expect(applicant.progress()).toBeNull();
  });

  it('shows what the environment asks for as well, and with words in place of the anchor', async () => {
    const hive = await openHiveDesk({ admission: { modes: ['open'] } });
    const { order } = {
      ...application(newEnrolment),
      order: { ...application(newEnrolment).order, from: 'environment' as const },
    };
    const anchorWords = quickWords(hive.anchor.publicKey);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    await joining.applicant.joinFromEnvironment({ order, anchorWords, sourceName: 'NUNBA_HIVE_ANCHOR' });
    await expect.poll(() => states(joining.applicant.progress())).toEqual(allDone);
  });
});
