import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { defaultSettings } from '../../../node-core/api/node-views.ts';
import { GeneralSection } from '../../../renderer/features/settings/general-section.tsx';
import { SettingsPage } from '../../../renderer/features/settings/settings-page.tsx';
import type { SettingsSection } from '../../../renderer/screen.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { settingsAfter } from '../../builders/settings-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

function open(): FakeClient {
  const client = createFakeClient({
    first: {
      'settings.watch': defaultSettings,
      'agents.watch': [anAgent(), anAgent({ id: 'coder', name: 'Coder' })],
    },
  });
  client.answer('settings.update', (part) => {
    const settings = settingsAfter(part);
    client.emit('settings.watch', settings, true);
    return settings;
  });
  renderPage(<GeneralSection />, client);
  return client;
}

describe('General', () => {
  it('changes theme, timings, language and agent at once, each alone', async () => {
    const client = open();
    fireEvent.click(await screen.findByLabelText('Dark'));
    await waitFor(() => expect(screen.getByLabelText('Dark')).toHaveProperty('checked', true));
    fireEvent.click(screen.getByRole('switch', { name: 'Show timings' }));
    fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'en' } });
    await screen.findByRole('option', { name: 'Coder' });
    fireEvent.change(screen.getByLabelText('Agent of new chats'), { target: { value: 'coder' } });
    await waitFor(() =>
      expect(client.inputs('settings.update')).toEqual([
        { theme: 'dark' },
        { showTimings: true },
        { language: 'en' },
        { defaultAgentId: 'coder' },
      ]),
    );
  });

  it('says why a change was not taken, and shows what still holds', async () => {
    const client = open();
    client.answer('settings.update', () => {
      throw new FailureError({ kind: 'set-elsewhere', name: 'theme', source: '.env' });
    });
    fireEvent.click(await screen.findByLabelText('Dark'));
    expect(await screen.findByText('theme is set by .env and cannot be changed here.')).toBeTruthy();
    expect(screen.getByLabelText('System')).toHaveProperty('checked', true);
  });

  it('says why there are no settings', async () => {
    const client = createFakeClient();
    renderPage(<GeneralSection />, client);
    expect(screen.getByRole('status').textContent).toBe('Asking for the settings');
    act(() => client.end('settings.watch', { kind: 'storage-full' }));
    expect(screen.getByText(/The disk is full/)).toBeTruthy();
  });
});

function Page() {
  const [section, setSection] = useState<SettingsSection>('general');
  const show = (text: string) => () => <p>{text}</p>;
  return (
    <SettingsPage
      section={section}
      onSection={setSection}
      sections={{
        general: show('the general part'),
        models: show('the models part'),
        agents: show(''),
        knowledge: show(''),
        recipes: show(''),
        'tool-servers': show(''),
        permissions: show(''),
        activity: show(''),
        storage: show(''),
        keys: show(''),
        api: show(''),
        updates: null,
        about: show(''),
      }}
    />
  );
}

describe('the page', () => {
  it('has a navigation that tells where one is', () => {
    renderPage(<Page />);
    const current = () => screen.getByRole('button', { current: 'page' }).textContent;
    expect([current(), screen.queryByText('the general part') !== null]).toEqual(['General', true]);
    fireEvent.click(screen.getByRole('button', { name: 'Models' }));
    expect([current(), screen.queryByText('the models part') !== null]).toEqual(['Models', true]);
    expect(screen.getByRole('region', { name: 'Settings: Models' })).toBeTruthy();
  });
});
