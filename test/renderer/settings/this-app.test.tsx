import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { defaultDesktopSettings } from '../../../node-core/api/shell-views.ts';
import { ThisApp } from '../../../renderer/features/settings/this-app.tsx';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';

const theSwitch = (name: string) => screen.getByRole('switch', { name });
const isOn = (name: string) => theSwitch(name).getAttribute('aria-checked') === 'true';

it('is not there in a browser', () => {
  renderPage(<ThisApp />);
  expect(screen.queryByText('This app')).toBeNull();
});

it('starts and stays by itself only when the person says so', async () => {
  const shell = createFakeShell({}, { 'settings.update': () => ({}) });
  renderPage(<ThisApp />, createFakeClient(), shell);
  for (const name of ['Start when you log in', 'Start hidden', 'Keep in the tray when closed']) {
    expect(isOn(name)).toBe(false);
    fireEvent.click(theSwitch(name));
  }
  await waitFor(() =>
    expect(shell.calls).toEqual([
      { name: 'settings.update', input: { startAtLogin: true } },
      { name: 'settings.update', input: { startHidden: true } },
      { name: 'settings.update', input: { closeToTray: true } },
    ]),
  );
});

it('shows what the shell says, not what was clicked', () => {
  const shell = createFakeShell({}, { 'settings.update': () => ({}) });
  renderPage(<ThisApp />, createFakeClient(), shell);
  fireEvent.click(theSwitch('Start when you log in'));
  expect(isOn('Start when you log in')).toBe(false);
  act(() => shell.show({ settings: { ...defaultDesktopSettings, startAtLogin: true } }));
  expect(isOn('Start when you log in')).toBe(true);
});

it('switches each kind of notification off alone', async () => {
  const shell = createFakeShell({}, { 'settings.update': () => ({}) });
  renderPage(<ThisApp />, createFakeClient(), shell);
  fireEvent.click(theSwitch('Something has been wrong for a while, or agents were stopped'));
  const notifications = { answers: true, health: false, hive: true, updates: true };
  await waitFor(() => expect(shell.calls).toEqual([{ name: 'settings.update', input: { notifications } }]));
});

it('where there is no tray nothing hides in it, and says why', () => {
  const settings = { ...defaultDesktopSettings, closeToTray: true, startHidden: true };
  renderPage(<ThisApp />, createFakeClient(), createFakeShell({ tray: 'none', settings }));
  for (const name of ['Start hidden', 'Keep in the tray when closed']) {
    expect([theSwitch(name).hasAttribute('disabled'), isOn(name)]).toEqual([true, false]);
  }
  expect(screen.getByText('This desktop shows no tray, so closing the window ends Nunba.')).toBeTruthy();
});

it('lists whose links open without a question, and takes one away', async () => {
  const settings = { ...defaultDesktopSettings, trustedHosts: ['example.org', 'localhost:8443'] };
  const shell = createFakeShell({ settings }, { 'settings.update': () => ({}) });
  renderPage(<ThisApp />, createFakeClient(), shell);
  const group = screen.getByRole('group', { name: 'Links that open without a question' });
  expect(within(group).getAllByRole('listitem')).toHaveLength(2);
  fireEvent.click(within(group).getByRole('button', { name: 'Remove example.org' }));
  const input = { trustedHosts: ['localhost:8443'] };
  await waitFor(() => expect(shell.calls).toEqual([{ name: 'settings.update', input }]));
  act(() => shell.show({ settings: { ...settings, ...input } }));
  expect(within(group).queryByText('example.org')).toBeNull();
  expect(within(group).getByText('localhost:8443')).toBeTruthy();
  expect(document.activeElement).toBe(group);
});

it('says that every link is asked about where no host is trusted', () => {
  renderPage(<ThisApp />, createFakeClient(), createFakeShell());
  expect(screen.getByText(/^None\. Before a link opens in your browser, Nunba asks/)).toBeTruthy();
});

it('says why a change was not taken', async () => {
  const refuse = () => {
    throw new FailureError({ kind: 'storage-full' });
  };
  renderPage(<ThisApp />, createFakeClient(), createFakeShell({}, { 'settings.update': refuse }));
  fireEvent.click(theSwitch('Start when you log in'));
  expect(await screen.findByText(/The disk is full/)).toBeTruthy();
});
