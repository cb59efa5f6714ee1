import { fireEvent, screen } from '@testing-library/react';
import type { DeskView } from '../../../node-core/api/trust-views.ts';
import { MembersPage } from '../../../renderer/features/members/members-page.tsx';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

/** Shows the page Members as the desk is. */
export function open(desk: DeskView, tier: 'central' | 'regional' = 'central'): FakeClient {
  const client = createFakeClient({ first: { 'authority.watch': desk, 'status.watch': statusView({ tier }) } });
  renderScreen(<MembersPage />, client);
  return client;
}

export const press = async (name: string): Promise<void> => {
  fireEvent.click(await screen.findByRole('button', { name }));
};
export const type = (label: string, value: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
export const dialog = (): Promise<HTMLElement> => screen.findByRole('dialog');
