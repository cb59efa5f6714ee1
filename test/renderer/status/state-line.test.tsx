import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import { PausedNote } from '../../../renderer/features/chat/composer/paused-note.tsx';
import { StateLine } from '../../../renderer/features/sidebar/state-line.tsx';
import { PausedBanner } from '../../../renderer/paused-banner.tsx';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';

const now = Date.now();
const paused: Partial<StatusView> = {
  state: 'paused',
  reasons: [{ kind: 'paused-by-person', since: now - 300_000, fix: 'resume' }],
};
const unreachable: Partial<StatusView> = {
  state: 'degraded',
  reasons: [
    {
      kind: 'model-unreachable',
      model: 'qwen3-4b',
      host: 'lab:8080',
      cause: 'refused',
      since: now - 300_000,
      checkedAt: now - 12_500,
      fix: 'check',
    },
  ],
};

function open(part: Partial<StatusView> = {}, shell = createFakeShell()) {
  const client = createFakeClient({
    first: { 'status.watch': statusView({ at: now, ...part }) },
    calls: { 'agents.pause': () => ({}), 'agents.resume': () => ({}), 'status.check': () => statusView() },
  });
  const page = renderScreen(
    <>
      <PausedBanner />
      <StateLine />
    </>,
    client,
    undefined,
    shell,
  );
  const glyph = () => page.container.querySelector('p + p, .flex > svg')?.closest('div')?.querySelector('svg');
  return { client, shell, page, state: page.state, glyph: () => glyph()?.getAttribute('data-state') };
}

test('alone and well: how old that is, no reason, and Pause', async () => {
  const { client, glyph } = open();
  expect(await screen.findByText('Working alone, all well')).toBeDefined();
  expect([glyph(), screen.getByText('just now').tagName]).toEqual(['flat', 'TIME']);
  expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Pause agents' }));
  await waitFor(() => expect(client.inputs('agents.pause')).toEqual([{}]));
});

test('paused: said over every screen too, with Resume in both places', async () => {
  const { client } = open(paused);
  expect(await screen.findAllByText('Agents are paused')).toHaveLength(2);
  expect(screen.getAllByText('5 min ago')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
  fireEvent.click(screen.getByRole('button', { name: 'Resume agents' }));
  await waitFor(() => expect(client.inputs('agents.resume')).toHaveLength(2));
  act(() => client.emit('status.watch', statusView()));
  expect(screen.queryByText('Agents are paused')).toBeNull();
});

test('the model was not reached: which, why, when it was asked, and Check now', async () => {
  const { client, glyph } = open(unreachable);
  expect(await screen.findByText('qwen3-4b does not answer')).toBeDefined();
  expect(screen.getByText(/Nothing answers at lab:8080\. Start the program/)).toBeDefined();
  expect([glyph(), screen.getByText('12 s ago').tagName]).toEqual(['degraded', 'TIME']);
  fireEvent.click(screen.getByRole('button', { name: 'Check now' }));
  await waitFor(() => expect(client.inputs('status.check')).toEqual([{ code: null }]));
});

test('a reason that a setting mends leads there', async () => {
  const [reason] = unreachable.reasons ?? [];
  if (reason?.kind !== 'model-unreachable') throw new Error('another reason');
  const { state } = open({ ...unreachable, reasons: [{ ...reason, cause: 'key', fix: 'open-models' }] });
  fireEvent.click(await screen.findByRole('button', { name: 'Open Models' }));
  expect(state().screen).toEqual({ kind: 'settings', section: 'models' });
});

test('while the runtime is away the shell’s word counts, and a pause is not forgotten', async () => {
  const { client, shell } = open(paused);
  await screen.findAllByText('Agents are paused');
  act(() => {
    client.setConnection({ kind: 'lost' });
    shell.show({
      runtime: { kind: 'attention', cause: 'keeps-crashing', since: now, sentence: 'It ended 5 times in 10 minutes.' },
    });
  });
  expect(screen.getByText('Nunba’s runtime does not start any more')).toBeDefined();
  expect(screen.getByText(/It ended 5 times in 10 minutes\. Nothing you wrote is lost/)).toBeDefined();
  expect(screen.getAllByText('Agents are paused')).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Restart' }));
  await waitFor(() => expect(shell.calls).toEqual([{ name: 'runtime.restart', input: {} }]));
});

test('in a browser a lost connection is all that is known', async () => {
  const client = createFakeClient({ first: { 'status.watch': statusView({ at: now, ...unreachable }) } });
  renderScreen(<StateLine />, client);
  await screen.findByText('qwen3-4b does not answer');
  act(() => client.setConnection({ kind: 'lost' }));
  expect(screen.getByText('Not connected')).toBeDefined();
  expect(screen.queryByText(/Nothing answers/)).toBeNull();
  expect(screen.getByRole('button', { name: 'Pause agents' }).hasAttribute('disabled')).toBe(true);
});

test('the composer says that nothing can be sent, and how it can', async () => {
  const client = createFakeClient({
    first: { 'status.watch': statusView(paused) },
    calls: { 'agents.resume': () => ({}) },
  });
  renderScreen(<PausedNote />, client);
  expect(await screen.findByText(/What you write stays here; send it after you resume them/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(client.inputs('agents.resume')).toEqual([{}]));
  act(() => client.emit('status.watch', statusView()));
  expect(screen.queryByText(/What you write stays here/)).toBeNull();
});
