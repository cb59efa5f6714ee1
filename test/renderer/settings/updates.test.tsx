import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type UpdateView, updateViewSchema } from '../../../node-core/api/shell-views.ts';
import { UpdatesSection } from '../../../renderer/features/settings/updates/updates-section.tsx';
import { AttentionButtons } from '../../../renderer/runtime-attention.tsx';
import { ScreenProvider } from '../../../renderer/screen.tsx';
import { SettingsScreen } from '../../../renderer/settings-screen.tsx';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';

function show(update: UpdateView) {
  const done = () => ({});
  const handlers = { 'updates.check': done, 'updates.install': done, 'updates.goBack': done, 'settings.update': done };
  const shell = createFakeShell({ update }, handlers);
  renderPage(<UpdatesSection />, createFakeClient(), shell);
  return shell;
}

const click = async (name: string): Promise<void> => {
  await act(async () => fireEvent.click(screen.getByRole('button', { name })));
};

test('a build without a feed says that nothing is looked for, and offers nothing', () => {
  show({ kind: 'off' });
  expect(screen.getByText(/looks for no updates/)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('looks when asked to', async () => {
  const shell = show({ kind: 'idle', lastCheckedAt: null });
  expect(screen.getByText('Not looked for since Nunba started.')).toBeTruthy();
  await click('Check now');
  expect(shell.calls).toEqual([{ name: 'updates.check', input: {} }]);
  act(() => shell.show({ update: { kind: 'checking' } }));
  expect(screen.getByText('Looking for a new version')).toBeTruthy();
  act(() => shell.show({ update: { kind: 'idle', lastCheckedAt: Date.now() } }));
  expect(screen.getByText(/This is the newest version/)).toBeTruthy();
});

test('tells how far the download is and how fast', () => {
  show({ kind: 'downloading', version: '0.2.0', share: 0.42, bytesPerSecond: 2_500_000 });
  const bar = screen.getByRole('progressbar', { name: 'Downloading Nunba 0.2.0' });
  expect(bar.getAttribute('aria-valuenow')).toBe('42');
  expect(bar.getAttribute('aria-valuetext')).toMatch(/^42\s?% · 2[.,]\d MB a second$/);
});

test('what is ready shows its notes as text and is installed when asked to', async () => {
  const shell = show({ kind: 'ready', version: '0.2.0', notes: 'Faster <img src=x onerror=alert(1)>\n**bold**' });
  expect(screen.getByText(/Faster <img src=x onerror=alert\(1\)>/)).toBeTruthy();
  expect(document.querySelector('img')).toBeNull();
  await click('Install and restart');
  expect(shell.calls).toEqual([{ name: 'updates.install', input: {} }]);
});

const reasons = updateViewSchema.options.flatMap((option) =>
  option.shape.kind.value === 'failed' && 'reason' in option.shape ? option.shape.reason.options : [],
);

test.each(reasons)('says what %s means, and offers to look again', async (reason) => {
  const shell = show({ kind: 'failed', reason, at: Date.now() });
  const alarm = reason === 'package-changed' || reason === 'manifest-wrong-key';
  const sentence = screen.getByRole(alarm ? 'alert' : 'status').textContent ?? '';
  expect(sentence).not.toContain('updates.failed');
  expect(sentence.length).toBeGreaterThan(50);
  await click('Check now');
  expect(shell.calls).toEqual([{ name: 'updates.check', input: {} }]);
});

test.each([
  [true, 'Install 0.1.0 again'],
  [false, 'Get 0.1.0'],
])('offers the version before (kept: %s)', async (isPreviousKept, name) => {
  const shell = show({ kind: 'went-back', failedVersion: '0.2.0', previousVersion: '0.1.0', isPreviousKept });
  expect(screen.getByText(/put back as it was before: nothing is lost/)).toBeTruthy();
  await click(name);
  expect(shell.calls).toEqual([{ name: 'updates.goBack', input: {} }]);
});

test('the channel is a setting', async () => {
  const shell = show({ kind: 'idle', lastCheckedAt: null });
  await act(async () => fireEvent.click(screen.getByLabelText('Also before they are finished')));
  expect(shell.calls).toEqual([{ name: 'settings.update', input: { updateChannel: 'beta' } }]);
});

test('there is no such section in a browser', () => {
  const screenAt = (
    <ScreenProvider first={{ kind: 'settings', section: 'general' }}>
      <SettingsScreen section="general" onSection={() => undefined} onChat={() => undefined} />
    </ScreenProvider>
  );
  const { unmount } = renderPage(screenAt);
  expect(screen.queryByRole('button', { name: 'Updates' })).toBeNull();
  unmount();
  renderPage(screenAt, createFakeClient(), createFakeShell());
  expect(screen.getByRole('button', { name: 'Updates' })).toBeTruthy();
});

test('where the node does not start, the version before is offered as well', async () => {
  const update = { kind: 'went-back', failedVersion: '0.2.0', previousVersion: '0.1.0', isPreviousKept: true } as const;
  const shell = createFakeShell({ update }, { 'updates.goBack': () => ({}) });
  renderPage(<AttentionButtons />, createFakeClient(), shell);
  await click('Install 0.1.0 again');
  expect(shell.calls).toEqual([{ name: 'updates.goBack', input: {} }]);
  act(() => shell.show({ update: { kind: 'idle', lastCheckedAt: null } }));
  expect(screen.queryByRole('button', { name: 'Install 0.1.0 again' })).toBeNull();
});
