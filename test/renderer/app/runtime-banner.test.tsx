import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { ShellNotice } from '../../../node-core/api/shell-views.ts';
import { ConnectionLine } from '../../../renderer/connection-line.tsx';
import { ShellNotices } from '../../../renderer/shell-notices.tsx';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';

const now = 1_000_000;
const restarting = { kind: 'restarting', cause: 'crashed', since: now, nextAt: now + 4_000, attempt: 4 } as const;

afterEach(() => {
  vi.useRealTimers();
});

function show(part: Parameters<typeof createFakeShell>[0] = {}) {
  const shell = createFakeShell(part, { 'runtime.restart': () => ({}), 'notice.dismiss': () => ({}) });
  renderPage(
    <>
      <ConnectionLine />
      <ShellNotices />
    </>,
    createFakeClient(),
    shell,
  );
  return shell;
}

test('nothing is said while all is well', () => {
  show();
  expect(document.body.textContent).toBe('');
});

test('a restart is told with its attempt and time, and for a moment that it is done', () => {
  vi.useFakeTimers({ now });
  const shell = show();
  act(() => shell.show({ runtime: restarting }));
  expect(screen.getByRole('status').textContent).toBe(
    'The part of Nunba that runs your agents stopped and is started again. Nothing you typed is lost.Attempt 4 follows in 4 s.',
  );
  act(() => void vi.advanceTimersByTime(3_000));
  expect(screen.getByText(/Attempt 4 follows in 1 s/)).toBeDefined();
  act(() => void vi.advanceTimersByTime(1_000));
  expect(screen.getByText(/Attempt 4 follows now/)).toBeDefined();
  act(() => shell.show({ runtime: { kind: 'running', since: now } }));
  expect(screen.getByText(/was started again/)).toBeDefined();
  act(() => void vi.advanceTimersByTime(6_000));
  expect(screen.queryByText(/was started again/)).toBeNull();
});

test('the first attempt is not counted, and one that hung is told as such', () => {
  show({ runtime: { ...restarting, attempt: 1, cause: 'hung' } });
  expect(screen.getByRole('status').textContent).toBe(
    'The part of Nunba that runs your agents did not answer any more and is started again. Nothing you typed is lost.',
  );
});

test('a node that was given up says why and is started again by a click', async () => {
  const shell = show({
    runtime: { kind: 'attention', cause: 'cannot-start', since: now, sentence: 'The data folder /data is in use.' },
  });
  expect(screen.getByRole('alert').textContent).toContain('Agents cannot answer now');
  expect(screen.getByRole('alert').textContent).toContain('The data folder /data is in use.');
  fireEvent.click(screen.getByRole('button', { name: 'Restart' }));
  await waitFor(() => expect(shell.calls).toEqual([{ name: 'runtime.restart', input: {} }]));
});

test('logs that cannot be opened say so beside their button', async () => {
  show({ runtime: { kind: 'attention', cause: 'keeps-crashing', since: now, sentence: 'It stopped 5 times.' } });
  expect(screen.queryByText(/cannot start/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Open logs' }));
  expect(await screen.findByText(/logs.open/)).toBeDefined();
});

test.each<[ShellNotice, RegExp]>([
  [{ kind: 'no-tray' }, /closing the window quits/],
  [{ kind: 'page-crashed' }, /loaded again/],
  [{ kind: 'graphics-off' }, /draws without them/],
  [{ kind: 'settings-damaged', keptAs: 'settings.damaged.json' }, /“settings.damaged.json”/],
  [{ kind: 'save-failed', name: 'chat.md' }, /“chat.md” was not saved/],
  [{ kind: 'settings-newer', keptAs: 'settings.newer.json' }, /newer Nunba.*“settings.newer.json”/],
  [{ kind: 'link-refused', reason: 'too-long' }, /longer than 2 kB/],
])('%o is a note that can be dismissed', async (notice, words) => {
  const shell = show({ notices: [{ id: 'notice-1', notice }] });
  expect(screen.getByText(words)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: /dismiss/i }));
  await waitFor(() => expect(shell.calls).toEqual([{ name: 'notice.dismiss', input: { id: 'notice-1' } }]));
});
