import { useTranslation } from 'react-i18next';
import { pausedSince } from '../node-core/api/shell-decision.ts';
import { failureText } from './messages/failure-text.ts';
import { useCall } from './rpc/use-call.ts';
import { useToasts } from './ui/toast.tsx';
import { useNodeState } from './use-node-state.ts';

/** Whether the person has paused the agents, and what changes it. */
export interface Pause {
  /** ms since the epoch; `null`: not paused, or not known. */
  readonly since: number | null;
  readonly isBusy: boolean;
  /** Says in a toast what it failed with. */
  readonly toggle: () => void;
}

/** The pause of all agents, wherever it is shown. */
export function usePause(): Pause {
  const { t } = useTranslation();
  const toasts = useToasts();
  const pause = useCall('agents.pause');
  const resume = useCall('agents.resume');
  const state = useNodeState();
  const since = state && pausedSince(state);
  const toggle = async (): Promise<void> => {
    const outcome = await (since === null ? pause : resume).run({});
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  return { since, isBusy: pause.isRunning || resume.isRunning, toggle: () => void toggle() };
}
