import { expect, test } from 'vitest';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { type LocalStep, stageOf } from '../../../renderer/features/join/join-stage.ts';
import type { JoinGoal } from '../../../renderer/screen.tsx';
import { applicationView, membershipView, trustView } from '../../builders/trust-view.ts';

const goal: JoinGoal = { id: 'l1', link: 'nunba://join?x' };
const choose: LocalStep = { kind: 'choose' };
const enter: LocalStep = { kind: 'enter', order: null };
const member = membershipView();
const ended = membershipView({ ended: { kind: 'revoked', reason: 'left the school', at: 1 } });
const failed = applicationView({ phase: 'failed', since: 5 });
const applying = applicationView({ phase: 'applying', since: 6 });

test.each<[string, Partial<TrustView>, JoinGoal | null, LocalStep, string]>([
  ['nothing', {}, null, choose, 'choose'],
  ['the person goes on', {}, null, enter, 'enter'],
  ['a link', {}, goal, choose, 'review'],
  ['a link while something is typed', {}, goal, enter, 'review'],
  ['a member', { membership: member }, null, enter, 'member'],
  ['a link to a member', { membership: member }, goal, choose, 'member'],
  ['a membership that ended', { membership: ended }, null, choose, 'choose'],
  ['a link after a membership that ended', { membership: ended }, goal, choose, 'review'],
  ['a member that moves', { membership: member, application: applying }, null, choose, 'member'],
  ['a join', { application: applying }, null, choose, 'applying'],
  ['a link during a join', { application: applying }, goal, choose, 'applying'],
  ['an address', { application: applicationView({ phase: 'unconfirmed' }) }, null, choose, 'compare'],
  ['a steward who decides', { application: applicationView({ phase: 'pending' }) }, null, choose, 'pending'],
  ['a join that failed', { application: failed }, null, choose, 'failed'],
  ['another try', { application: failed }, null, enter, 'enter'],
  ['another link after a failure', { application: failed }, goal, choose, 'review'],
  ['a join that was asked for', {}, null, { kind: 'starting', before: null }, 'starting'],
  ['another one that was asked for', { application: failed }, null, { kind: 'starting', before: 5 }, 'starting'],
  ['the one that was asked for', { application: applying }, null, { kind: 'starting', before: 5 }, 'applying'],
  ['one that is done at once', { membership: member }, null, { kind: 'starting', before: null }, 'member'],
])('%s is shown as what it is', (_name, trust, linked, local, kind) => {
  expect(stageOf(trustView(trust), linked, local).kind).toBe(kind);
});
