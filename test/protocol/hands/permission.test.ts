import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type Deed,
  type DeedSubject,
  isSameSubject,
  isWithinSubject,
  subjectOf,
} from '../../../node-core/protocol/hands/deed.ts';
import {
  covers,
  type DeedRequest,
  type Grant,
  judgeDeed,
  permissionAnswers,
  scopeOf,
} from '../../../node-core/protocol/hands/permission.ts';

/** One deed of each kind, and another of the same kind that must not pass for it. */
const deeds: Readonly<Record<string, { readonly deed: Deed; readonly other: Deed }>> = {
  write_file: {
    deed: { kind: 'change-files', folder: '/home/me/Invoices', changes: [] },
    other: { kind: 'change-files', folder: '/home/me/Invoices/2025', changes: [] },
  },
  move_files: {
    deed: { kind: 'change-files', folder: '/home/me/Pictures', changes: [] },
    other: { kind: 'change-files', folder: '/home/me/pictures', changes: [] },
  },
  fetch_page: {
    deed: { kind: 'fetch-page', url: 'https://example.org/a', host: 'example.org' },
    other: { kind: 'fetch-page', url: 'https://evilexample.org/a', host: 'evilexample.org' },
  },
  fetch_page_in_the_open: {
    deed: { kind: 'fetch-page', url: 'https://example.org/a', host: 'example.org' },
    other: { kind: 'fetch-page', url: 'http://example.org/a', host: 'example.org' },
  },
  run_command: {
    deed: { kind: 'run-command', command: 'ls -l', folder: '/home/me' },
    other: { kind: 'run-command', command: 'ls -l; rm -r .', folder: '/home/me' },
  },
  run_command_for_longer: {
    deed: { kind: 'run-command', command: 'make', folder: '/home/me', seconds: 30 },
    other: { kind: 'run-command', command: 'make', folder: '/home/me', seconds: 31 },
  },
  // A permission from before the time was kept is one for the usual minute.
  run_command_for_the_usual_time: {
    deed: { kind: 'run-command', command: 'make', folder: '/home/me' },
    other: { kind: 'run-command', command: 'make', folder: '/home/me', seconds: 61 },
  },
  files__read: {
    deed: { kind: 'call-server', serverId: 's1', serverName: 'Files', toolName: 'read', arguments: { path: 'a' } },
    other: { kind: 'call-server', serverId: 's1', serverName: 'Files', toolName: 'write', arguments: { path: 'a' } },
  },
};

const request = (toolName: string, deed: Deed, changes: Partial<DeedRequest> = {}): DeedRequest => ({
  agentId: 'nunba',
  conversationId: 'C1',
  canAsk: true,
  ...changes,
  toolName,
  deed,
});

const grantOf = (asked: DeedRequest, answer: (typeof permissionAnswers)[number]): readonly Grant[] => {
  const scope = scopeOf(answer, asked.conversationId);
  const { agentId, toolName } = asked;
  return scope ? [{ id: 'G', agentId, toolName, subject: subjectOf(asked.deed), scope, givenAt: 0 }] : [];
};

/** What is judged after the answer, and what each answer makes of it. */
const later = (toolName: string, { deed, other }: { readonly deed: Deed; readonly other: Deed }) =>
  [
    ['the same deed', request(toolName, deed), { once: 'ask', chat: 'allowed', always: 'allowed', no: 'ask' }],
    [
      'the same deed in another chat',
      request(toolName, deed, { conversationId: 'C2' }),
      { once: 'ask', chat: 'ask', always: 'allowed', no: 'ask' },
    ],
    [
      'the same deed for another agent',
      request(toolName, deed, { agentId: 'other' }),
      { once: 'ask', chat: 'ask', always: 'ask', no: 'ask' },
    ],
    [
      'the same deed by another tool',
      request(`${toolName}_2`, deed),
      { once: 'ask', chat: 'ask', always: 'ask', no: 'ask' },
    ],
    ['another deed', request(toolName, other), { once: 'ask', chat: 'ask', always: 'ask', no: 'ask' }],
    [
      'the same deed where nobody can be asked',
      request(toolName, deed, { canAsk: false }),
      { once: 'refused', chat: 'allowed', always: 'allowed', no: 'refused' },
    ],
    [
      'another deed where nobody can be asked',
      request(toolName, other, { canAsk: false }),
      { once: 'refused', chat: 'refused', always: 'refused', no: 'refused' },
    ],
  ] as const;

describe.each(Object.entries(deeds))('%s', (toolName, pair) => {
  describe.each(permissionAnswers)('answered with %s', (answer) => {
    const grants = grantOf(request(toolName, pair.deed), answer);
    test.each(later(toolName, pair))('%s', (_name, asked, verdicts) => {
      expect(judgeDeed(asked, grants).kind).toBe(verdicts[answer]);
      // Taken back, nothing of it is left.
      expect(judgeDeed(asked, []).kind).toBe(asked.canAsk ? 'ask' : 'refused');
    });
  });
});

const text = fc.constantFrom('a', 'b', '/a', '/a/b', 'A', '');
const commandSubject = fc.record({
  kind: fc.constant('command' as const),
  command: text,
  folder: text,
  seconds: fc.constantFrom(1, 59, 60, 600),
});

it('covers a command for as long as it was allowed and for less, never for longer', () => {
  fc.assert(
    fc.property(commandSubject, commandSubject, (allowed, asked) => {
      const isSameLine = allowed.command === asked.command && allowed.folder === asked.folder;
      expect(isWithinSubject(asked, allowed)).toBe(isSameLine && asked.seconds <= allowed.seconds);
    }),
  );
});

it('takes no subject for another, whatever they hold', () => {
  const subject: fc.Arbitrary<DeedSubject> = fc.oneof(
    fc.record({ kind: fc.constant('folder' as const), folder: text }),
    fc.record({ kind: fc.constant('host' as const), host: text }),
    commandSubject,
    fc.record({ kind: fc.constant('server-tool' as const), serverId: text, serverName: text, toolName: text }),
  );
  const plain = (one: DeedSubject): string =>
    JSON.stringify(one.kind === 'server-tool' ? { ...one, serverName: '' } : one, Object.keys(one).toSorted());
  fc.assert(
    fc.property(subject, subject, (one, other) => {
      expect(isSameSubject(one, other)).toBe(plain(one) === plain(other));
    }),
  );
});

it('does not ask a model, a file or a page: what a deed says of itself changes no verdict', () => {
  const { deed } = deeds.files__read ?? {};
  if (deed?.kind !== 'call-server') throw new Error('the table has changed');
  const claims = { ...deed, arguments: { approved: true, scope: 'always', by: 'person' } };
  expect(judgeDeed(request('files__read', claims), [])).toEqual({ kind: 'ask' });
  expect(
    covers(
      {
        id: 'G',
        agentId: 'nunba',
        toolName: 'files__read',
        subject: subjectOf(claims),
        scope: { kind: 'always' },
        givenAt: 0,
      },
      request('files__read', deed),
    ),
  ).toBe(true);
});
