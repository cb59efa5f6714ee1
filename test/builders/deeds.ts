import type { MessagePart } from '../../node-core/api/conversation-views.ts';
import type { DeedView, GrantView, HandsView, PastDeed, WaitingDeed } from '../../node-core/api/hands-views.ts';
import { testId } from './ids.ts';

type ToolPart = Extract<MessagePart, { kind: 'tool' }>;

/** A new text of a file, as it is shown before it is written. */
export const noteDiff = [
  '--- notes.txt',
  '+++ notes.txt',
  '@@ -1,3 +1,3 @@',
  ' Buy bread',
  '-Call Ann',
  '+Call Ben',
  ' Sleep',
  '',
].join('\n');

/** One deed of each kind. */
export const deeds = {
  files: {
    kind: 'change-files',
    folder: '/home/ann/Invoices',
    changes: [
      { kind: 'rewrite', path: '/home/ann/Invoices/notes.txt', sizeBytes: 30, diff: noteDiff },
      { kind: 'create', path: '/home/ann/Invoices/new/list.txt', sizeBytes: 2_000, diff: '@@ -0,0 +1 @@\n+one\n' },
      { kind: 'move', from: '/home/ann/Invoices/a.pdf', to: '/home/ann/Invoices/2026/a.pdf' },
      { kind: 'make-folder', path: '/home/ann/Invoices/2026' },
      { kind: 'remove', path: '/home/ann/Invoices/old.txt', sizeBytes: 9_000 },
    ],
  },
  page: { kind: 'fetch-page', url: 'https://example.org/a?b=1', host: 'example.org' },
  command: { kind: 'run-command', command: 'ls -la | wc -l', folder: '/home/ann' },
  server: {
    kind: 'call-server',
    serverId: 'srv',
    serverName: 'Calendar',
    toolName: 'add_event',
    arguments: { title: 'Dentist', at: '2026-11-30T09:00' },
  },
} as const satisfies Record<string, DeedView>;

/** Files moved from the top of a folder into folders below it. */
export function sortingDeed(count: number): DeedView {
  const folder = '/home/ann/Downloads';
  return {
    kind: 'change-files',
    folder,
    changes: Array.from({ length: count }, (_, place) => ({
      kind: 'move' as const,
      from: `${folder}/scan-${place}.pdf`,
      to: `${folder}/Scans/scan-${place}.pdf`,
    })),
  };
}

/** A use of a tool as the page receives it. */
export function toolPart(fields: Partial<ToolPart> = {}): ToolPart {
  return {
    kind: 'tool',
    callId: 'call-1',
    toolName: 'write_file',
    arguments: {},
    outcome: null,
    deed: null,
    approval: { kind: 'not-needed' },
    undo: 'none',
    ...fields,
  };
}

/** A deed that waits for the person. */
export function waitingDeed(fields: Partial<WaitingDeed> = {}): WaitingDeed {
  return {
    callId: 'call-1',
    conversationId: testId(1),
    agentId: 'nunba',
    toolName: 'write_file',
    deed: deeds.page,
    since: 1_000,
    ...fields,
  };
}

/** Everything that agents may do: nothing, unless given. */
export function handsView(fields: Partial<HandsView> = {}): HandsView {
  return { grants: [], folders: [], waiting: [], ...fields };
}

/** A permission for every chat. */
export function grantView(fields: Partial<GrantView> = {}): GrantView {
  return {
    id: testId(700),
    agentId: 'nunba',
    toolName: 'write_file',
    subject: { kind: 'folder', folder: '/home/ann/Invoices' },
    conversationId: null,
    givenAt: 1_000,
    ...fields,
  };
}

/** A deed that was done once. */
export function pastDeed(fields: Partial<PastDeed> = {}): PastDeed {
  return {
    callId: 'call-1',
    conversationId: testId(1),
    messageId: testId(101),
    agentId: 'nunba',
    toolName: 'write_file',
    deed: deeds.files,
    approval: { kind: 'given', scope: 'once', by: 'person' },
    doneCount: 5,
    stepCount: 5,
    end: 'done',
    undo: 'possible',
    at: 1_000,
    ...fields,
  };
}
