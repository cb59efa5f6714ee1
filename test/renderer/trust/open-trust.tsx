import { fireEvent, screen } from '@testing-library/react';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import type { HistoryEntry, TrustView } from '../../../node-core/api/trust-views.ts';
import { TrustPage } from '../../../renderer/features/trust/trust-page.tsx';
import { modelsView } from '../../builders/models-view.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { membershipView, trustView } from '../../builders/trust-view.ts';
import { createFakeClient } from '../../doubles/client.ts';

/** ms */
export const hour = 60 * 60_000;
export const day = 24 * hour;

/** Renders the page of trust; what is not said of the node is as of one that works alone. */
export function open(trust: TrustView, status: Partial<StatusView> = {}, models = modelsView()) {
  const client = createFakeClient({
    first: { 'trust.watch': trust, 'status.watch': statusView(status), 'models.watch': models },
  });
  const page = renderScreen(<TrustPage />, client, { kind: 'trust' });
  return { client, state: page.state };
}

/** A member whose certificate has most of its time before it. */
export const member = (part: Parameters<typeof membershipView>[0] = {}, more: Partial<TrustView> = {}): TrustView => {
  const now = Date.now();
  return trustView({
    ...more,
    membership: membershipView({
      joinedAt: now - hour,
      issuedAt: now - hour,
      expiresAt: now + 2 * day,
      renewsAt: now + day,
      ...part,
    }),
  });
};

/** A renewal an hour ago. */
export const entry = (part: Partial<HistoryEntry> = {}): HistoryEntry => ({
  at: Date.now() - hour,
  kind: 'renewed',
  hiveName: 'Test hive',
  issuer: 'regional.example:6776',
  tookMs: 38,
  certificateEndsAt: null,
  obstacle: null,
  times: 1,
  ...part,
});

/** Presses a button once it is there. */
export const press = async (name: string): Promise<void> => {
  fireEvent.click(await screen.findByRole('button', { name }));
};
