import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { InviteView, MemberView, RequestView } from '../../../node-core/api/trust-views.ts';
import { federationKeyText } from '../../../node-core/commands/hive/federation-key.ts';
import { addHiveCommands } from '../../../node-core/commands/hive/hive-commands.ts';
import { invitesText, inviteText, qrText } from '../../../node-core/commands/hive/invites.ts';
import { membersText } from '../../../node-core/commands/hive/members.ts';
import {
  readDuration,
  readKey,
  readReason,
  readTier,
  readUses,
} from '../../../node-core/commands/hive/option-values.ts';
import { requestsText } from '../../../node-core/commands/hive/requests.ts';
import { trustJson, trustText } from '../../../node-core/commands/hive/trust-text.ts';
import { applicationView, membershipView, trustView, viewedAtMs } from '../../builders/trust-view.ts';
import { recordSurroundings } from '../../doubles/surroundings.ts';

const invite: InviteView = {
  id: 'abcdefgh12345678',
  tier: 'regional',
  state: 'open',
  uses: 2,
  usedBy: ['d'.repeat(64)],
  mayIssue: true,
  createdAt: 0,
  expiresAt: viewedAtMs,
};
const member: MemberView = {
  publicKey: 'd'.repeat(64),
  nodeName: 'box',
  tier: 'regional',
  state: 'revoked',
  mayIssue: false,
  fqdn: null,
  joinedAt: 0,
  certificateEndsAt: viewedAtMs,
  renewedAt: null,
  revokedReason: 'stolen\u001b[2J',
};
const request: RequestView = {
  id: 'e'.repeat(32),
  publicKey: 'd'.repeat(64),
  words: ['one', 'two', 'three', 'four'],
  nodeName: 'box',
  tier: 'regional',
  fqdn: null,
  address: '203.0.113.9',
  askedAt: viewedAtMs,
  expiresAt: viewedAtMs,
};

test('the chain is a picture from the anchor down to this node, with validity, words and renewal', () => {
  const text = trustText(trustView({ membership: membershipView() }), viewedAtMs);
  expect(text.slice(text.indexOf('anchor'))).toBe(`anchor  ocean tulip radar sugar
        ${'a'.repeat(64)}
└─ regional  the regional (bbbbbbbbbbbbbbbb)
   [#################...] valid until 2026-06-07T12:00:00Z, 6 days left
   may mesh, work, issue; serial ${'b'.repeat(32)}
   └─ local  the local (cccccccccccccccc), this node
      [#############.......] valid until 2026-06-03T12:00:00Z, 2 days left
      may mesh, work; serial ${'c'.repeat(32)}

Renews       by itself at 2026-06-02T00:00:00Z
Parent       https://regional.example:6776 (verified 10 s ago)
`);
  expect(text).toContain('Words        own words of node');
});

test('what ended, a wrong clock and what stands in the way are said', () => {
  const membership = membershipView({
    ended: { kind: 'revoked', reason: 'stolen\n\u001b[2J', at: viewedAtMs },
    clockOffsetMs: -3 * 60 * 60_000,
    renewsAt: null,
    renewalObstacle: { kind: 'unreachable', code: 'dns', said: null, sentence: 'No such name.' },
  });
  const text = trustText(trustView({ membership, isMasterKeyHere: true, isInsecureLab: true }), viewedAtMs);
  expect(text).toMatch(/Ended +revoked by the hive’s stewards at 2026-06-01T12:00:00Z: stolen/);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('3 hours ahead of the hive');
  expect(text).toContain('Renews       not any more');
  expect(text).toContain('No such name.');
  expect(text).toContain('can read the hive’s master key');
  expect(text).toContain('--insecure-lab');
});

test.each([
  ['in no hive', trustView(), /Hive +none: this computer alone/],
  [
    'pending',
    trustView({ application: applicationView({ phase: 'pending' }) }),
    /a steward decides \(asked just now\)/,
  ],
  [
    'unconfirmed',
    trustView({
      application: applicationView({
        phase: 'unconfirmed',
        anchor: null,
        anchorWords: null,
        statedWords: ['a', 'b', 'c', 'd'],
      }),
    }),
    /waits for: nunba-node join --confirm "a b c d"/,
  ],
])('%s', (_name, view, expected) => {
  expect(trustText(view, viewedAtMs)).toMatch(expected);
});

test('as JSON the certificates stand as they are on the wire', () => {
  const membership = membershipView();
  const json: unknown = JSON.parse(trustJson(trustView({ membership })));
  const { anchor, certificate, issuers } = membership;
  expect(json).toMatchObject({ anchor, certificate, issuers, nodeName: 'laptop' });
  expect(JSON.parse(trustJson(trustView()))).toMatchObject({ anchor: null, certificate: null, issuers: [] });
});

test('lists are aligned, and what others wrote cannot speak to the terminal', () => {
  expect(membersText([member]).split('\n')).toEqual([
    'KEY               CALLS ITSELF  TIER      STATE    CERTIFICATE UNTIL     DOMAIN  REASON',
    'dddddddddddddddd  box           regional  revoked  2026-06-01T12:00:00Z          stolen\u{fffd}[2J',
    '',
  ]);
  expect(invitesText([invite])).toMatch(
    /^ID +TIER +STATE +USED +UNTIL +USED BY\nabcdefgh12345678 +regional, may issue +open +1 of 2/,
  );
  expect(requestsText([request])).toMatch(/dddddddddddddddd +one two three four +box +regional/);
  expect(requestsText([request, { ...request, words: null }])).toMatch(
    / \(later\) [\s\S]*words of the others are shown when/,
  );
  expect(requestsText([request])).not.toMatch(/later|others/);
  for (const text of [membersText([]), invitesText([]), requestsText([])]) expect(text).toMatch(/^[A-Z].*\.\n$/);
});

test('a new invite is shown with its terms, its link and its page', () => {
  const text = inviteText({ invite, link: 'nunba://join?x', page: 'https://x/join#x' });
  expect(text).toContain('can be used 2 times, until 2026-06-01T12:00:00Z');
  expect(text).toContain('may issue certificates to locals');
  expect(text).toMatch(/Link {2}nunba:\/\/join\?x\nPage {2}https:\/\/x\/join#x\n$/);
});

test('the QR code is square, quiet at its border, and coloured on a terminal alone', () => {
  const link = `nunba://join?${'x'.repeat(300)}`;
  const lines = qrText(link, false).trimEnd().split('\n');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(Math.abs((lines[0]?.length ?? 0) - 2 * lines.length)).toBeLessThanOrEqual(1);
  expect(lines[0]).toMatch(/^(█+|▀+)$/);
  expect(qrText(link, true)).toContain('\u001b[');
});

test('the federation key says where it is from', () => {
  const key = { id: 'f'.repeat(16), key: '0'.repeat(64), source: 'environment', since: null } as const;
  expect(federationKeyText(key)).toMatch(/From +the environment \(HART_NODE_KEY\)/);
  expect(federationKeyText({ ...key, source: 'own', since: 0 })).toMatch(/Since +1970-01-01T00:00:00Z/);
});

test.each([
  [() => readDuration('24h'), 86_400],
  [() => readDuration('7d'), 604_800],
  [() => readDuration('60s'), 60],
  [() => readUses('1000'), 1_000],
  [() => readTier('local'), 'local'],
  [() => readKey(' ABCDEF01 '), 'abcdef01'],
  [() => readReason(' lost '), 'lost'],
])('%s', (read, expected) => {
  expect(read()).toBe(expected);
});

test.each([
  () => readDuration('59s'),
  () => readDuration('31d'),
  () => readDuration('24'),
  () => readDuration('1.5h'),
  () => readUses('0'),
  () => readUses('1001'),
  () => readUses('2x'),
  () => readTier('central'),
  () => readKey('abcdef0'),
  () => readKey('ghijklmn'),
  () => readReason('  '),
  () => readReason('x'.repeat(201)),
])('%s is refused', (read) => {
  expect(read).toThrow(/Give/);
});

test.each([
  [['join'], /give one of: a link/],
  [['join', 'nunba://join', '--cancel'], /give one of: a link/],
  [['invite', 'create', '--expires', 'soon'], /30m, 24h or 7d/],
  [['invite', 'create', '--tier', 'flat'], /regional or local/],
  [['requests', 'approve', 'abc'], /first 8 of its digits/],
  [['revoke', 'abcdef01'], /--reason/],
  [['release'], /domain/],
])('%j is a usage error, and nothing is done', async (args, expected) => {
  const said: string[] = [];
  const surroundings = recordSurroundings();
  const program = new Command('nunba-node')
    .exitOverride()
    .configureOutput({ writeErr: (text) => void said.push(text) });
  addHiveCommands(program, surroundings, () => Promise.reject(new Error('something was done')));
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow(/error/);
  expect(said.join('')).toMatch(expected);
});
