import { type HealthCheck, orderChecks } from '../../../node-core/protocol/health-check.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';
import { useShellView } from '../../rpc/shell-provider.tsx';
import { useConnection } from '../../rpc/use-connection.ts';
import { useNodeState } from '../../use-node-state.ts';
import { placeTroubleOf } from './place-trouble.tsx';
import { updatesCheck } from './updates-check.ts';

/** A check, and whether it is looked at all the time, so that it has no age of its own. */
export type ShownCheck = HealthCheck & { readonly isLive: boolean };

/** What the page shows, and whether anything of it was just heard. */
export interface ShownChecks {
  readonly checks: readonly ShownCheck[];
  readonly isConnected: boolean;
  /** What is wrong with the node's place in a hive, which is no check of its own. */
  readonly place: StateReason | null;
}

/** Everything that was looked at. Without the node nothing is: what it said before keeps its age. `null`: nothing yet. */
export function useShownChecks(): ShownChecks | null {
  const known = useNodeState();
  const shell = useShellView();
  const isConnected = useConnection().kind === 'connected';
  if (!known) return null;
  const at = known.status?.at ?? null;
  const seen = isConnected ? known.checks : known.checks.map(unseen);
  const all = shell ? orderChecks([...seen, updatesCheck(shell)]) : seen;
  const isRunning = isConnected && (shell === null || shell.runtime.kind === 'running');
  const shown = all.map((check) => ({ ...check, isLive: isRunning && check.lookedAt === at }));
  return { checks: shown, isConnected, place: placeTroubleOf(known.reasons) };
}

/** Of the runtime, trouble is what the shell sees now; that it runs is what it said before. */
function unseen(check: HealthCheck): HealthCheck {
  if (check.code !== 'runtime') return { ...check, verdict: 'unknown' };
  return check.verdict === 'passed' ? { ...check, verdict: 'unknown', finding: 'not-connected' } : check;
}
