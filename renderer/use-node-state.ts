import { useMemo } from 'react';
import type { StatusView } from '../node-core/api/node-views.ts';
import { shellDecision } from '../node-core/api/shell-decision.ts';
import type { StateDecision } from '../node-core/protocol/node-state.ts';
import { useShellView } from './rpc/shell-provider.tsx';
import { useWatched } from './rpc/use-watched.ts';

/** How the node is, as far as the page knows. */
export interface KnownState extends StateDecision {
  /** What the node last said, or `null`. */
  readonly status: StatusView | null;
}

/**
 * The state of the node: its own word, or, while the desktop shell sees that its process does not run, what the shell
 * sees. `null` before anything was heard.
 */
export function useNodeState(): KnownState | null {
  const { value: status } = useWatched('status.watch', {});
  const runtime = useShellView()?.runtime ?? null;
  return useMemo(() => {
    if (runtime && runtime.kind !== 'running') return { ...shellDecision(status, runtime, Date.now()), status };
    return status && { state: status.state, reasons: status.reasons, checks: status.checks, status };
  }, [status, runtime]);
}
