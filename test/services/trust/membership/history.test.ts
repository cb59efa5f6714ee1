import { describe, expect, it, test } from 'vitest';
import { type HistoryEntry, mostHistory } from '../../../../node-core/api/trust-views.ts';
import { type HistoryEvent, historyWith } from '../../../../node-core/trust/membership/history.ts';
import type { HiveRecord, JoinObstacle, JoinOrder } from '../../../../node-core/trust/membership/membership-record.ts';
import { memberIdentity, openHiveMember, recordOf } from '../../../builders/hive-member.ts';
import { anchorsList } from '../../../builders/revocation-list.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { answered, createScriptedParent, refusedWith } from '../../../doubles/trust/scripted-parent.ts';

const day = 24 * 60 * 60_000;
const noon = Date.UTC(2026, 5, 1, 12);
const week = noon + 7 * day;
const clock = createFakeClock(noon);
const anchor = createTestAnchor();
const parentOf = (now: () => number) => createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now });
const chain = parentOf(() => noon).issue(noon);
const record = (changes: Partial<HiveRecord> = {}): HiveRecord =>
  recordOf({ clock, anchor: anchor.publicKey, chain, changes });
const elsewhere = record({
  parent: { url: 'https://second.test', pin: null, publicKey: 'e'.repeat(64), nextPin: null },
});

const silent: JoinObstacle = { kind: 'unreachable', cause: 'timeout' };
const rejected: JoinObstacle = { kind: 'refused', reason: 'rejected', sentence: 'Not you.' };
const order = (from: JoinOrder['from']): JoinOrder => ({
  issuer: { url: 'https://central.test:6776', pin: null },
  anchor: null,
  tier: 'regional',
  hiveName: null,
  invite: null,
  from,
});
const revoked = (reason: string, isSigned: boolean): HiveRecord =>
  record({ ended: { kind: 'revoked', reason, at: noon, isSigned } });

const became = (hive: HiveRecord, before: HiveRecord | null): HistoryEvent => ({
  kind: 'became-member',
  at: noon,
  tookMs: 40,
  hive,
  before,
});
const ofParent = { hiveName: 'Test hive', issuer: 'parent.test:6776', tookMs: null, certificateEndsAt: null, times: 1 };
const lapsed: HistoryEntry['obstacle'] = { kind: 'refused', code: 'lapsed-too-long', said: null };

describe('what an event adds', () => {
  it.each<[string, HistoryEvent, Partial<HistoryEntry>]>([
    ['a first join', became(record(), null), { kind: 'joined', ...ofParent, tookMs: 40, certificateEndsAt: week }],
    [
      'another parent',
      became(record(), elsewhere),
      { kind: 'moved', ...ofParent, tookMs: 40, certificateEndsAt: week },
    ],
    ['the same parent again', became(record(), record()), { kind: 'joined' }],
    ['another parent after its word alone ended it', became(elsewhere, revoked('', false)), { kind: 'moved' }],
    ['another parent after a list ended it', became(elsewhere, revoked('', true)), { kind: 'joined' }],
    ['another hive', became(record(), { ...elsewhere, anchor: 'f'.repeat(64) }), { kind: 'joined' }],
    [
      'a renewal',
      { kind: 'renewed', at: noon, tookMs: 7, hive: record() },
      { kind: 'renewed', ...ofParent, tookMs: 7, certificateEndsAt: week, obstacle: null },
    ],
    [
      'a renewal that failed',
      { kind: 'renewal-failed', at: noon, hive: record(), obstacle: silent },
      { kind: 'renewal-failed', ...ofParent, obstacle: { kind: 'unreachable', code: 'timeout', said: null } },
    ],
    [
      'a join that failed',
      { kind: 'join-failed', at: noon, order: order('link'), obstacle: rejected },
      {
        kind: 'join-failed',
        hiveName: null,
        issuer: 'central.test:6776',
        obstacle: { kind: 'refused', code: 'rejected', said: 'Not you.' },
      },
    ],
    ['leaving', { kind: 'left', at: noon, hive: record() }, { kind: 'left', ...ofParent, obstacle: null }],
    [
      'a revocation',
      { kind: 'ended', at: noon, hive: revoked('lost', true) },
      { kind: 'ended', ...ofParent, obstacle: { kind: 'refused', code: 'revoked', said: 'lost' } },
    ],
    [
      'a revocation without a reason',
      { kind: 'ended', at: noon, hive: revoked('', true) },
      { kind: 'ended', obstacle: { kind: 'refused', code: 'revoked', said: null } },
    ],
    [
      'a lapse',
      { kind: 'ended', at: noon, hive: record({ ended: { kind: 'lapsed', at: noon } }) },
      { kind: 'ended', obstacle: lapsed },
    ],
  ])('%s', (_, event, entry) => {
    expect(historyWith([], event)).toEqual([expect.objectContaining({ at: noon, ...entry })]);
  });

  it('is nothing for a move that failed: the next parent is tried by itself', () => {
    expect(historyWith([], { kind: 'join-failed', at: noon, order: order('move'), obstacle: silent })).toEqual([]);
  });
});

describe('in a row', () => {
  const failure = (at: number, obstacle: JoinObstacle = silent): HistoryEvent => ({
    kind: 'renewal-failed',
    at,
    hive: record(),
    obstacle,
  });
  const all = (...events: readonly HistoryEvent[]): HistoryEntry[] => events.reduce(historyWith, []);

  it('the same obstacle counts up and moves on in time', () => {
    const history = all(failure(noon), failure(noon + 1), failure(noon + 2));
    expect(history).toEqual([expect.objectContaining({ kind: 'renewal-failed', at: noon + 2, times: 3 })]);
  });

  it.each<[string, HistoryEvent]>([
    ['another obstacle', failure(noon, { kind: 'unreachable', cause: 'dns' })],
    ['another issuer', { kind: 'renewal-failed', at: noon, hive: elsewhere, obstacle: silent }],
    ['a renewal', { kind: 'renewed', at: noon, tookMs: 1, hive: record() }],
  ])('%s between two begins anew', (_, between) => {
    expect(all(failure(noon), between, failure(noon + 1)).map(({ times }) => times)).toEqual([1, 1, 1]);
  });

  it('an ending that a list confirms is the same one, with what the list says; a lapse before it is another', () => {
    const said: HistoryEvent = { kind: 'ended', at: noon, hive: revoked('said', false) };
    const signed: HistoryEvent = { kind: 'ended', at: noon + 9, hive: revoked('signed', true) };
    const lapse: HistoryEvent = { kind: 'ended', at: noon, hive: record({ ended: { kind: 'lapsed', at: noon } }) };
    const obstacle = { kind: 'refused', code: 'revoked', said: 'signed' };
    expect(all(said, signed)).toEqual([expect.objectContaining({ at: noon, times: 1, obstacle })]);
    expect(all(lapse, signed).map((entry) => entry.obstacle?.code)).toEqual(['revoked', 'lapsed-too-long']);
  });

  it('successes stand each for itself, and the oldest go beyond the limit', () => {
    const many = Array.from({ length: mostHistory + 5 }, (_, at): HistoryEvent => {
      return { kind: 'renewed', at, tookMs: 1, hive: record() };
    });
    const history = all(...many);
    expect(history).toHaveLength(mostHistory);
    expect([history[0]?.at, history.at(-1)?.at]).toEqual([mostHistory + 4, 5]);
  });
});

/** A member whose parent the test scripts. */
async function openMember() {
  const own = createFakeClock(noon);
  const parent = parentOf(() => own.now());
  const first = parent.issue(noon - day);
  const member = await openHiveMember({ clock: own, client: parent.client, anchor: anchor.publicKey, chain: first });
  const kinds = () => member.store.get().history.map(({ kind, times }) => `${kind} ${times}`);
  return { ...member, clock: own, parent, kinds };
}

test('a renewal is in the history from the very change that stores its certificate; the same certificate again is not', async () => {
  const { upkeep, store, parent, clock: own, kinds } = await openMember();
  parent.script(async (call) => {
    await own.advance(80);
    return parent.answer(call);
  });
  const before = store.writes();
  await upkeep.renewNow();
  const [entry] = store.get().history;
  expect(entry).toMatchObject({ kind: 'renewed', tookMs: 80, at: own.now(), certificateEndsAt: week });
  // One for the certificate, with its history, and what hive time has learnt of it.
  expect(store.writes() - before).toBeLessThanOrEqual(2);
  const present = store.get().hive?.chain;
  const again = JSON.parse(JSON.stringify({ status: 'issued', ...present, bootstrap: [] }));
  parent.script(() => answered(200, again));
  expect(await upkeep.renewNow()).toEqual({ isAnswered: true });
  expect(kinds()).toEqual(['renewed 1']);
});

test('renewals that fail count up until one works', async () => {
  const { upkeep, parent, clock: own, kinds } = await openMember();
  parent.script(() => ({ kind: 'unreachable', cause: 'timeout' }));
  await expect(upkeep.renewNow()).rejects.toThrow();
  await own.advance(5);
  await expect(upkeep.renewNow()).rejects.toThrow();
  parent.script(() => refusedWith(503, 'try-later'));
  await expect(upkeep.renewNow()).rejects.toThrow();
  parent.script(null);
  await upkeep.renewNow();
  expect(kinds()).toEqual(['renewed 1', 'renewal-failed 1', 'renewal-failed 2']);
});

test('a revocation and leaving are kept, also after the hive is forgotten', async () => {
  const { upkeep, store, parent, clock: own, kinds } = await openMember();
  upkeep.start();
  const lists = [
    anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: memberIdentity.publicKey, reason: 'lost' }] }),
  ];
  parent.tell({ lists });
  await own.advance(33_000);
  expect(store.get().history[0]).toMatchObject({ kind: 'ended', obstacle: { code: 'revoked', said: 'lost' } });
  await upkeep.leave();
  expect(store.get().hive).toBe(null);
  expect(kinds()).toEqual(['left 1', 'ended 1']);
});
