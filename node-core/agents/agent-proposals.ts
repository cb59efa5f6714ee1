import type { CallHandlers } from '../api/contract.ts';
import { proposeAgent } from './propose-agent.ts';

/** Agents that are being drafted, each until it is done or nobody wants it any more. */
export interface AgentProposals {
  readonly calls: Pick<CallHandlers, 'agents.propose' | 'agents.cancelProposal'>;
  stop(): void;
}

/** Answers the calls about drafts. */
export function createAgentProposals(means: Parameters<typeof proposeAgent>[0]): AgentProposals {
  const running = new Map<string, AbortController>();
  return {
    calls: {
      'agents.propose': async ({ id, wish }) => {
        running.get(id)?.abort();
        const cancel = new AbortController();
        running.set(id, cancel);
        try {
          return await proposeAgent(means, wish, cancel.signal);
        } catch (error) {
          if (cancel.signal.aborted) return { kind: 'cancelled' };
          throw error;
        } finally {
          if (running.get(id) === cancel) running.delete(id);
        }
      },
      'agents.cancelProposal': ({ id }) => {
        running.get(id)?.abort();
        return {};
      },
    },
    stop: () => {
      for (const cancel of running.values()) cancel.abort();
    },
  };
}
