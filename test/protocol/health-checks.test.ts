import { describe, expect, test } from 'vitest';
import { english } from '../../node-core/api/english.ts';
import { checkSentence, checkTitle } from '../../node-core/api/health-sentences.ts';
import { type HealthCheck, orderChecks } from '../../node-core/protocol/health-check.ts';
import type { NodeFacts } from '../../node-core/protocol/node-facts.ts';
import { decideState } from '../../node-core/protocol/node-state.ts';
import { memberFact, nodeFacts, factsAt as now } from '../builders/node-facts.ts';

const lookedAt = now - 7_000;
const since = now - 60_000;
const check = (part: Partial<HealthCheck>): HealthCheck => ({
  code: 'disk',
  verdict: 'passed',
  finding: 'room',
  values: {},
  reason: null,
  lookedAt,
  under: null,
  ...part,
});
const ordered = (...checks: readonly HealthCheck[]) =>
  orderChecks(checks).map(({ code, verdict, under }) =>
    under ? `${code} ${verdict} < ${under}` : `${code} ${verdict}`,
  );

describe('the order of checks', () => {
  test('is worst first, then as they are read', () => {
    expect(
      ordered(
        check({ code: 'keys' }),
        check({ code: 'ports', verdict: 'noted' }),
        check({ code: 'runtime' }),
        check({ code: 'database', verdict: 'unknown' }),
        check({ code: 'clock', verdict: 'degraded' }),
        check({ code: 'disk', verdict: 'failed' }),
      ),
    ).toEqual([
      'disk failed',
      'database unknown < disk',
      'clock degraded',
      'ports noted',
      'runtime passed',
      'keys passed',
    ]);
  });

  test('folds below a failed check what hangs on it and is no worse', () => {
    expect(
      ordered(
        check({ code: 'certificate', verdict: 'degraded' }),
        check({ code: 'parent', verdict: 'degraded' }),
        check({ code: 'federation-key', verdict: 'degraded' }),
      ),
    ).toEqual(['parent degraded', 'certificate degraded < parent', 'federation-key degraded < parent']);
  });

  test('hides nothing that is worse, and nothing that is well', () => {
    expect(
      ordered(check({ code: 'certificate', verdict: 'failed' }), check({ code: 'parent', verdict: 'degraded' })),
    ).toEqual(['certificate failed', 'parent degraded']);
    expect(ordered(check({ code: 'database' }), check({ code: 'disk', verdict: 'failed' }))).toEqual([
      'disk failed',
      'database passed',
    ]);
  });
});

const codesOf = (facts: Partial<NodeFacts>) => decideState(nodeFacts(facts), now).checks.map(({ code }) => code);
const found = (facts: Partial<NodeFacts>, code: HealthCheck['code']) => {
  const one = decideState(nodeFacts(facts), now).checks.find((each) => each.code === code);
  if (!one) throw new Error(`no check ${code}`);
  return one;
};

describe('what is checked', () => {
  test('of a node alone', () => {
    expect(codesOf({})).toEqual(['runtime', 'model', 'database', 'disk', 'clock', 'ports', 'keys']);
    expect(codesOf({ port: { kind: 'none' } })).not.toContain('ports');
  });

  test('of a member, and of central', () => {
    expect(codesOf({ hive: memberFact() })).toEqual([
      'runtime',
      'model',
      'certificate',
      'parent',
      'database',
      'disk',
      'clock',
      'ports',
      'keys',
    ]);
    expect(codesOf({ hive: memberFact({ parent: null }) })).toContain('signer');
    expect(codesOf({ hive: memberFact({ keyDiffersSince: since }) })).toContain('federation-key');
  });

  const cases: readonly (readonly [HealthCheck['code'], Partial<NodeFacts>, string, string, RegExp])[] = [
    ['model', {}, 'passed', 'llama answers', /last request/],
    ['model', { model: { kind: 'not-asked', model: 'llama' } }, 'unknown', 'llama was not asked yet', /Check now/],
    ['model', { model: { kind: 'none' } }, 'noted', 'No model is chosen yet', /Choose one/],
    ['database', {}, 'passed', 'Database sound', /Conversations: 2; messages: 9/],
    ['database', { database: { kind: 'not-looked' } }, 'unknown', 'Database not looked through yet', /Check now/],
    [
      'database',
      { database: { kind: 'damaged', problem: 'page 4', since, lookedAt } },
      'failed',
      'The database is damaged',
      /page 4\. Restore a backup/,
    ],
    [
      'hive-port',
      { hivePort: { kind: 'open', address: 'https://hive.test:6776' } },
      'passed',
      'It listens for others of the hive',
      /^At https:\/\/hive\.test:6776\./,
    ],
    [
      'hive-port',
      { hivePort: { kind: 'deaf', port: 6776, since, lookedAt } },
      'degraded',
      'Others of the hive do not reach this computer',
      /^Port 6776 is another program’s\./,
    ],
    ['disk', {}, 'passed', 'Room on the disk', /^212 GB are free\.$/],
    [
      'disk',
      { disk: { kind: 'room', freeBytes: 4e8, synchronisedBy: null, lookedAt } },
      'noted',
      'Little room on the disk',
      /Only 400 MB/,
    ],
    [
      'disk',
      { disk: { kind: 'room', freeBytes: 4e12, synchronisedBy: 'Dropbox', lookedAt } },
      'noted',
      'Dropbox synchronises the data folder',
      /--data/,
    ],
    ['disk', { disk: { kind: 'full', freeBytes: 0, since, lookedAt } }, 'failed', 'The disk is full', /make room/],
    [
      'disk',
      { disk: { kind: 'unwritable', freeBytes: 4e12, since, lookedAt } },
      'failed',
      'Nothing can be written to the data folder',
      /Make the folder writable/,
    ],
    ['disk', { disk: { kind: 'not-looked' } }, 'unknown', 'Disk not looked at yet', /Check now/],
    ['clock', {}, 'passed', 'Clock right', /not before anything/],
    [
      'clock',
      { clock: { kind: 'right', against: 'hive', differenceMs: -2_000, lookedAt } },
      'passed',
      'Clock right',
      /by 2 seconds/,
    ],
    [
      'clock',
      { clock: { kind: 'wrong', against: 'files', differenceMs: 2 * 86_400_000, since, lookedAt } },
      'degraded',
      'This computer’s clock is wrong',
      /2 days newer/,
    ],
    ['ports', {}, 'passed', 'Programs on this computer reach Nunba', /6777/],
    [
      'ports',
      { port: { kind: 'moved', address: 'http://127.0.0.1:6778', takenPort: 6777, lookedAt } },
      'noted',
      'Port 6777 is another program’s',
      /6778/,
    ],
    ['ports', { port: { kind: 'closed', lookedAt } }, 'noted', 'Programs on this computer do not reach Nunba', /anew/],
    ['keys', {}, 'passed', 'Keys are encrypted', /keyring/],
    ['keys', { keys: { kind: 'left-plain', count: 2, lookedAt } }, 'noted', 'Some keys are not encrypted', /Files: 2/],
    ['keys', { keys: { kind: 'plain', lookedAt } }, 'noted', 'Keys are not encrypted', /NUNBA_KEY_PASSPHRASE_FILE/],
    ['keys', { keys: { kind: 'locked', since, lookedAt } }, 'failed', 'Stored keys cannot be read', /Settings, Keys/],
    ['certificate', { hive: memberFact() }, 'passed', 'Certificate valid', /2026-06-05 12:00 UTC; it renews itself/],
    ['parent', { hive: memberFact() }, 'passed', 'hive.test answers', /vouches/],
    [
      'parent',
      {
        hive: memberFact({ parent: { host: 'hive.test', verifiedAt: now - 20_000, askedAt: now, silentSince: null } }),
      },
      'unknown',
      'hive.test did not answer the last time',
      /asked again/,
    ],
    [
      'parent',
      { hive: memberFact({ parent: { host: 'hive.test', verifiedAt: null, askedAt: now, silentSince: since } }) },
      'degraded',
      'No word from hive.test',
      /^Chats and agents go on/,
    ],
    ['signer', { hive: memberFact({ parent: null }) }, 'passed', 'Certificates can be issued', /signer/],
  ];
  test.each(cases)('%s: %j is %s', (code, facts, verdict, title, why) => {
    const one = found(facts, code);
    expect([one.verdict, english(checkTitle(one))]).toEqual([verdict, title]);
    expect(english(checkSentence(one))).toMatch(why);
    expect(english(checkSentence(one))).not.toMatch(/\{\{/);
  });

  test('what is not well has one way to mend it, or says that it mends itself', () => {
    const troubles = cases
      .flatMap(([code, facts]) => found(facts, code))
      .filter(({ verdict }) => /failed|degraded/.test(verdict));
    expect(troubles.length).toBeGreaterThan(4);
    expect(troubles.map(({ reason }) => reason?.fix)).not.toContain(undefined);
  });
});

describe('when something was looked at', () => {
  test('each check tells its own time, and what nobody has looked at has none', () => {
    const at = (facts: Partial<NodeFacts>, code: HealthCheck['code']) => found(facts, code).lookedAt;
    expect(at({ database: { kind: 'sound', conversations: 0, messages: 0, lookedAt } }, 'database')).toBe(lookedAt);
    expect(at({ database: { kind: 'not-looked' } }, 'database')).toBeNull();
    expect(at({ model: { kind: 'not-asked', model: 'llama' } }, 'model')).toBeNull();
    expect(at({ hive: memberFact() }, 'parent')).toBe(now - 10_000);
    expect(at({}, 'runtime')).toBe(now);
  });
});
