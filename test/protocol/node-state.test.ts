import { describe, expect, test } from 'vitest';
import type { CertificateFact, NodeFacts, ParentFact, RuntimeFact } from '../../node-core/protocol/node-facts.ts';
import { decideAround, decideState, nodeStates } from '../../node-core/protocol/node-state.ts';
import type { PlaceReason } from '../../node-core/protocol/state-reason.ts';
import { memberFact, nodeFacts, factsAt as now } from '../builders/node-facts.ts';

const since = now - 60_000;
const lookedAt = now - 1_000;
const host = 'hive.test';
const day = 24 * 60 * 60_000;
const crashed: RuntimeFact = { kind: 'restarting', cause: 'crashed', since };
const gaveUp: RuntimeFact = { kind: 'gave-up', cause: 'keeps-crashing', since, sentence: 'It ended 5 times.' };
const unreachable = {
  kind: 'unreachable',
  model: 'llama',
  host: 'lab:8080',
  cause: 'refused',
  since,
  checkedAt: now,
} as const;
const locked = { kind: 'locked', since, lookedAt } as const;
const damaged = { kind: 'damaged', problem: 'row 3 is missing', since, lookedAt } as const;
const full = { kind: 'full', freeBytes: 1e6, since, lookedAt } as const;
const wrongClock = { kind: 'wrong', against: 'hive', differenceMs: 3 * 3_600_000, since, lookedAt } as const;

const alone = (reason: PlaceReason) => ({ kind: 'alone', reason }) as const;
const parent = (part: Partial<ParentFact>) =>
  memberFact({ parent: { host, verifiedAt: now - 10_000, askedAt: now - 10_000, silentSince: null, ...part } });
const certificate = (part: Partial<CertificateFact>) =>
  memberFact({
    certificate: { issuedAt: now - 6 * day, endsAt: now + day, renewsAt: now + 60_000, trouble: null, ...part },
  });
const deaf = { kind: 'deaf', port: 6776, since, lookedAt: now } as const;
const silent = parent({ verifiedAt: now - 20 * 60_000, silentSince: since });
const notRenewed = { since, obstacle: { kind: 'unreachable', code: 'refused', said: null } } as const;

const decide = (part: Partial<NodeFacts>) => {
  const { state, reasons } = decideState(nodeFacts(part), now);
  return [state, ...reasons.map(({ kind }) => kind)];
};

/** Every state, every reason, and who goes first where several hold. */
describe('the state of a node', () => {
  test.each<[string, Partial<NodeFacts>, readonly string[]]>([
    ['alone and well', {}, ['flat']],
    ['no model is chosen', { model: { kind: 'none' } }, ['flat', 'no-model']],
    ['a model that nobody has asked', { model: { kind: 'not-asked', model: 'llama' } }, ['flat']],
    ['the model was not reached', { model: unreachable }, ['degraded', 'model-unreachable']],
    ['the model was not reached just now', { model: { ...unreachable, since: now - 4_999 } }, ['flat']],
    ['the same right after the start', { model: unreachable, startedAt: now - 4_999 }, ['flat']],
    [
      'the same when somebody has asked for it',
      { model: { ...unreachable, since: now }, startedAt: now - 4_999, askedAt: now },
      ['degraded', 'model-unreachable'],
    ],
    [
      '… but not by what was found before',
      { model: { ...unreachable, since: now, checkedAt: now - 1 }, askedAt: now },
      ['flat'],
    ],
    ['the same when it has started', { model: unreachable, startedAt: now - 5_000 }, ['degraded', 'model-unreachable']],
    ['the person paused', { pausedSince: since }, ['paused', 'paused-by-person']],
    ['the stored keys cannot be read', { keys: locked }, ['attention', 'keys-locked']],
    ['the database is damaged', { database: damaged }, ['attention', 'database-damaged']],
    ['the disk is full', { disk: full }, ['attention', 'disk-full']],
    ['the clock is wrong', { clock: wrongClock }, ['degraded', 'clock-wrong']],
    ['nobody has looked yet', { database: { kind: 'not-looked' }, disk: { kind: 'not-looked' } }, ['flat']],
    [
      'locked keys before a pause',
      { keys: locked, pausedSince: since },
      ['attention', 'keys-locked', 'paused-by-person'],
    ],
    ['the runtime crashed', { runtime: crashed }, ['degraded', 'runtime-restarting']],
    ['the runtime keeps crashing', { runtime: gaveUp }, ['attention', 'runtime-gave-up']],
    ['a start', { runtime: { kind: 'starting', since: now - 9_999 } }, ['flat', 'runtime-starting']],
    ['a slow start', { runtime: { kind: 'starting', since: now - 10_000 } }, ['joining', 'runtime-starting']],
    ['a member and well', { hive: memberFact() }, ['healthy']],
    ['a member without a model', { hive: memberFact(), model: { kind: 'none' } }, ['healthy', 'no-model']],
    [
      'a member at its end',
      { hive: memberFact(), runtime: { kind: 'stopping', since } },
      ['healthy', 'runtime-stopping'],
    ],
    ['central, with its signer', { hive: memberFact({ parent: null }) }, ['healthy']],
    [
      'a central without signer',
      { hive: memberFact({ parent: null, certificate: null, signerTrouble: { since, sentence: 'No.' } }) },
      ['attention', 'not-issuing'],
    ],
    ['words to confirm', { hive: alone({ kind: 'join-unconfirmed', host, since }) }, ['attention', 'join-unconfirmed']],
    ['a join that runs', { hive: alone({ kind: 'join-applying', host, since }) }, ['joining', 'join-applying']],
    ['a join that waits', { hive: alone({ kind: 'join-pending', host, since }) }, ['joining', 'join-pending']],
    [
      'a join that failed',
      { hive: alone({ kind: 'join-failed', host, since, obstacle: null }) },
      ['attention', 'join-failed'],
    ],
    [
      'revoked',
      { hive: alone({ kind: 'membership-ended', ending: 'revoked', since, said: 'lost' }) },
      ['attention', 'membership-ended'],
    ],
    [
      'a member whose trust could not be opened',
      { hive: alone({ kind: 'trust-closed', since }) },
      ['attention', 'trust-closed'],
    ],
    ['a parent that is silent', { hive: silent }, ['degraded', 'parent-unreachable']],
    ['the same right after the start', { hive: silent, startedAt: now - 4_999 }, ['joining', 'hive-reconnecting']],
    ['a parent that was heard 100 s ago', { hive: parent({ verifiedAt: now - 100_000 }) }, ['healthy']],
    [
      'a parent of the run before, not asked yet',
      { hive: parent({ verifiedAt: now - 100_001, askedAt: null }) },
      ['joining', 'hive-reconnecting'],
    ],
    [
      'a parent that answers now and then',
      { hive: parent({ verifiedAt: now - 1_000, silentSince: since }) },
      ['degraded', 'parent-unreachable'],
    ],
    [
      'a renewal that failed, early',
      { hive: certificate({ endsAt: now + 3 * day, trouble: notRenewed }) },
      ['healthy'],
    ],
    [
      'a renewal that failed, in the last quarter',
      { hive: certificate({ trouble: notRenewed }) },
      ['degraded', 'renewal-failing'],
    ],
    ['the last quarter, nothing failed', { hive: certificate({}) }, ['healthy']],
    ['an ended certificate', { hive: certificate({ endsAt: now - 1 }) }, ['joining', 'membership-lapsed']],
    [
      'another key in the environment',
      { hive: memberFact({ keyDiffersSince: since }) },
      ['degraded', 'federation-key-differs'],
    ],
    ['others cannot reach it', { hive: memberFact(), hivePort: deaf }, ['degraded', 'hive-deaf']],
    ['the same of one that stands alone', { hivePort: deaf }, ['degraded', 'hive-deaf']],
    [
      'paused before joining',
      { hive: alone({ kind: 'join-pending', host, since }), pausedSince: since },
      ['paused', 'paused-by-person', 'join-pending'],
    ],
    [
      'joining before degraded',
      { hive: alone({ kind: 'join-pending', host, since }), model: unreachable },
      ['joining', 'join-pending', 'model-unreachable'],
    ],
    ['the end', { runtime: { kind: 'stopping', since } }, ['flat', 'runtime-stopping']],
    [
      'paused before degraded',
      { pausedSince: since, model: unreachable, hive: silent },
      ['paused', 'paused-by-person', 'model-unreachable', 'parent-unreachable'],
    ],
    [
      'attention before paused, degraded last',
      { runtime: gaveUp, pausedSince: since, model: unreachable },
      ['attention', 'runtime-gave-up', 'paused-by-person', 'model-unreachable'],
    ],
    [
      'paused before a slow start',
      { runtime: { kind: 'starting', since }, pausedSince: since },
      ['paused', 'paused-by-person', 'runtime-starting'],
    ],
    [
      'what is out of order before what is only missing',
      { runtime: crashed, model: { kind: 'none' } },
      ['degraded', 'runtime-restarting', 'no-model'],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(decide(facts)).toEqual(expected);
  });

  test('the order is that of the interface: the kill switch first, working alone last', () => {
    expect(nodeStates).toEqual(['halted', 'attention', 'paused', 'joining', 'degraded', 'healthy', 'flat']);
  });

  test.each([
    ['refused', 'check'],
    ['timeout', 'check'],
    ['tls', 'open-models'],
    ['key', 'open-models'],
  ] as const)('a model that failed with %s is mended by %s', (cause, fix) => {
    const { reasons } = decideState(nodeFacts({ model: { ...unreachable, cause } }), now);
    expect(reasons).toEqual([
      { kind: 'model-unreachable', model: 'llama', host: 'lab:8080', cause, since, checkedAt: now, fix },
    ]);
  });

  test('each reason that is not a wish of the person is that of a check', () => {
    const facts = nodeFacts({ keys: locked, database: damaged, disk: full, clock: wrongClock, hive: silent });
    const { reasons, checks } = decideState({ ...facts, model: unreachable }, now);
    const ofChecks = checks.flatMap(({ reason }) => reason ?? []);
    expect(new Set(reasons)).toEqual(new Set(ofChecks));
    expect(reasons).toHaveLength(6);
  });
});

describe('the state as somebody outside of the process sees it', () => {
  const told = { ...decideState(nodeFacts({ hive: memberFact(), model: unreachable }), now), isMember: true };

  test('while it runs, it is what the node said', () => {
    expect(decideAround(told, { kind: 'running' }, now)).toMatchObject({
      state: 'degraded',
      reasons: told.reasons,
      checks: expect.arrayContaining([...told.checks.filter(({ code }) => code !== 'runtime')]),
    });
  });

  test('while it does not, nothing that it once saw is said to be so now', () => {
    const { state, checks } = decideAround(told, gaveUp, now);
    expect(state).toBe('attention');
    const [first, ...others] = checks;
    expect(first).toMatchObject({ code: 'runtime', verdict: 'failed', under: null });
    expect(others.map(({ verdict, under }) => `${verdict} ${under}`)).toEqual(others.map(() => 'unknown runtime'));
    expect(others.map(({ lookedAt: at }) => at)).toContain(now - 10_000);
  });
});
