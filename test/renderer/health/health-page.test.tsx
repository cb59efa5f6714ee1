import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import type { NodeFacts } from '../../../node-core/protocol/node-facts.ts';
import { decideState } from '../../../node-core/protocol/node-state.ts';
import { HealthPage } from '../../../renderer/features/health/health-page.tsx';
import { memberFact, nodeFacts } from '../../builders/node-facts.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';

const now = Date.now();
const since = now - 14 * 60_000;
const lookedAt = now - 12 * 60_000;
const silent = memberFact({
  certificate: { issuedAt: now - 1e8, endsAt: now + 3e8, renewsAt: now + 1e8, trouble: null },
  parent: { host: 'hive.test', verifiedAt: since, askedAt: lookedAt, silentSince: since },
});

/** The status that a node with these facts tells. */
function told(part: Partial<NodeFacts>, more: Partial<StatusView> = {}): StatusView {
  const well = nodeFacts({
    startedAt: now - 3_600_000,
    database: { kind: 'sound', conversations: 2, messages: 9, lookedAt },
    disk: { kind: 'room', freeBytes: 212e9, synchronisedBy: null, lookedAt },
    clock: { kind: 'right', against: 'files', differenceMs: 0, lookedAt },
    keys: { kind: 'sealed', openedBy: 'keyring', lookedAt },
    model: { kind: 'answers', model: 'llama', lookedAt },
    port: { kind: 'open', address: 'http://127.0.0.1:6777', lookedAt: now },
  });
  const { state, reasons, checks } = decideState({ ...well, ...part }, now);
  return statusView({ at: now, state, reasons: [...reasons], checks: [...checks], ...more });
}

function open(part: Partial<NodeFacts> = {}, more: Partial<StatusView> = {}, shell = createFakeShell()) {
  const client = createFakeClient({
    first: { 'status.watch': told(part, more) },
    calls: { 'status.check': () => told({}), 'status.diagnostics': () => ({ text: 'Nunba: diagnostics' }) },
  });
  const page = renderScreen(<HealthPage />, client, { kind: 'health' }, shell);
  return { client, shell, page };
}

const row = async (title: string): Promise<HTMLElement> => {
  const found = (await screen.findByText(title)).closest('li');
  if (!found) throw new Error(`${title} stands in no row`);
  return found;
};
const rows = () => [...document.querySelectorAll('[data-check]')].map((one) => one.getAttribute('data-check'));

test('all well: each check says what it saw and when it last looked', async () => {
  open();
  expect(within(await row('Database sound')).getByText('12 min ago')).toBeDefined();
  expect(within(await row('Database sound')).getByText(/Conversations: 2; messages: 9/)).toBeDefined();
  expect(within(await row('Nunba’s runtime runs')).getByText('now')).toBeDefined();
  expect(screen.getByText(/None needs you/)).toBeDefined();
  expect(screen.getByText('8 checks', { exact: false })).toBeDefined();
});

test('a parent that is silent stands first, says since when and what goes on, and is asked again by its button', async () => {
  const { client } = open({ hive: silent }, { tier: 'regional' });
  const found = await row('No word from hive.test');
  expect(rows()[0]).toBe('parent');
  expect(within(found).getByText(/Chats and agents go on/)).toBeDefined();
  expect(within(found).getByText('14 min ago')).toBeDefined();
  expect(screen.getByText(/1 needs you/)).toBeDefined();
  fireEvent.click(within(found).getByRole('button', { name: 'Check now' }));
  await waitFor(() => expect(client.inputs('status.check')).toEqual([{ code: 'parent' }]));
});

test('what hangs on a trouble is set in below it, and does not count as another', async () => {
  const hive = {
    ...silent,
    certificate: {
      issuedAt: now - 9e8,
      endsAt: now + 1e8,
      renewsAt: now + 1e6,
      trouble: { since, obstacle: { kind: 'unreachable', code: 'refused', said: null } },
    },
  } as const;
  const { client } = open({ hive }, { tier: 'regional' });
  const below = await row('The certificate ends soon and was not renewed yet');
  expect(rows().slice(0, 2)).toEqual(['parent', 'certificate']);
  expect(screen.getByText(/1 needs you/)).toBeDefined();
  client.answer('trust.renew', () => {
    throw new FailureError({ kind: 'hive-refused', of: 'unreachable', code: 'refused', sentence: 'x' });
  });
  fireEvent.click(within(below).getByRole('button', { name: 'Renew now' }));
  expect(await screen.findByText(/Nothing listens at the issuer’s address/)).toBeDefined();
});

test.each<[string, Partial<NodeFacts>, string, object]>([
  [
    'The database is damaged',
    { database: { kind: 'damaged', problem: 'page 4', since, lookedAt } },
    'Open Storage',
    { kind: 'settings', section: 'storage' },
  ],
  ['Stored keys cannot be read', { keys: { kind: 'locked', since, lookedAt } }, 'Open Keys', { section: 'keys' }],
  ['No model is chosen yet', { model: { kind: 'none' } }, 'Open Models', { section: 'models' }],
])('%s: its button leads to where it is mended', async (title, facts, button, expected) => {
  const { page } = open(facts);
  fireEvent.click(within(await row(title)).getByRole('button', { name: button }));
  expect(page.state().screen).toMatchObject(expected);
});

test('check now looks at everything, and a failure of that is said', async () => {
  const { client } = open();
  fireEvent.click(await screen.findByRole('button', { name: 'Check now' }));
  await waitFor(() => expect(client.inputs('status.check')).toEqual([{ code: null }]));
  client.answer('status.check', () => {
    throw new FailureError({ kind: 'disconnected' });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Check now' }));
  expect(await screen.findByText(/connection to Nunba’s runtime is gone/)).toBeDefined();
});

test('without the node nothing is said to be well; what was seen keeps its age', async () => {
  const { client } = open({}, {}, createFakeShell());
  await row('Database sound');
  act(() => client.setConnection({ kind: 'lost' }));
  expect(screen.getByText(/nothing is looked at/)).toBeDefined();
  expect(screen.queryByText(/needs? you/i)).toBeNull();
  const verdicts = [...document.querySelectorAll('[data-check]:not([data-check=updates])')];
  expect(verdicts.map((one) => one.getAttribute('data-verdict'))).toEqual(verdicts.map(() => 'unknown'));
  expect(within(await row('Database sound')).getByText('12 min ago')).toBeDefined();
  expect(within(await row('Nunba’s runtime is not connected')).queryByText('now')).toBeNull();
});

test('a runtime that was given up stands first, everything else below it', async () => {
  const runtime = { kind: 'attention', cause: 'keeps-crashing', since, sentence: 'It ended 5 times.' } as const;
  const { shell } = open({}, {}, createFakeShell({ runtime }, { 'runtime.restart': () => ({}) }));
  fireEvent.click(
    within(await row('Nunba’s runtime does not start any more')).getByRole('button', { name: 'Restart' }),
  );
  await waitFor(() => expect(shell.calls).toContainEqual({ name: 'runtime.restart', input: {} }));
  expect(rows()[0]).toBe('runtime');
});

test('the desktop app tells of updates as well', async () => {
  const { shell } = open({}, {}, createFakeShell({ update: { kind: 'idle', lastCheckedAt: lookedAt } }));
  expect(within(await row('No update waits')).getByText('12 min ago')).toBeDefined();
  act(() => shell.show({ update: { kind: 'ready', version: '1.2.0', notes: '' } }));
  expect(await row('Nunba 1.2.0 is ready')).toBeDefined();
});

test('diagnostics are copied as text, and saved by the desktop app where the person says', async () => {
  const written: string[] = [];
  vi.stubGlobal('navigator', {
    ...navigator,
    clipboard: { writeText: async (text: string) => void written.push(text) },
  });
  const { shell } = open({}, {}, createFakeShell({}, { 'diagnostics.save': () => ({ file: '/home/anna/d.txt' }) }));
  fireEvent.click(await screen.findByRole('button', { name: 'Copy diagnostics' }));
  await waitFor(() => expect(written).toEqual(['Nunba: diagnostics']));
  fireEvent.click(screen.getByRole('button', { name: 'Save diagnostics' }));
  expect(await screen.findByText('The diagnostics were saved as /home/anna/d.txt.')).toBeDefined();
  expect(shell.calls).toContainEqual({ name: 'diagnostics.save', input: {} });
  vi.unstubAllGlobals();
});

test('what is wrong with the place in a hive stands here too, though no check speaks for it', async () => {
  open({
    hive: { kind: 'alone', reason: { kind: 'membership-ended', ending: 'revoked', said: 'lost laptop', since } },
  });
  expect(await screen.findByText(/The hive has revoked it: lost laptop/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Open Trust' })).toBeDefined();
  expect(screen.getByText(/1 needs you/)).toBeDefined();
});
