import type { AgentView } from '../api/agent-views.ts';
import type { CallHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import { decodeSharedAgent, encodeSharedAgent, type KnownParts } from './shared-agent.ts';

/** Answers the calls about agents as files. */
export function createAgentFileHandlers(
  find: (id: string) => AgentView | null,
  known: KnownParts,
): Pick<CallHandlers, 'agents.export' | 'agents.review'> {
  return {
    'agents.export': ({ id }) => {
      const agent = find(id);
      if (!agent || agent.engine === 'guide') throw new FailureError({ kind: 'not-found', what: 'agent' });
      return { fileName: fileNameFor(agent.name, 'agent'), text: encodeSharedAgent(agent) };
    },
    'agents.review': ({ text }) => {
      const decoded = decodeSharedAgent(text, known);
      if (decoded.kind === 'review') return decoded.review;
      throw new FailureError({ kind: 'import-unreadable', reason: decoded.reason });
    },
  };
}

/** A name for a file on every system: letters, digits and hyphens of the thing's own name. */
export function fileNameFor(name: string, kind: 'agent' | 'recipe'): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? kind : plain}.nunba-${kind}.json`;
}
