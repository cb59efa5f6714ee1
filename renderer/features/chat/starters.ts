import type { AgentView } from '../../../node-core/api/agent-views.ts';

const withStarters = ['nunba', 'coder', 'writer', 'researcher', 'planner', 'guide'] as const;

type StarterAgent = (typeof withStarters)[number] | 'own';
/** Key of a sentence that a conversation can begin with. */
export type StarterKey = `chat.starter.${StarterAgent}.${'first' | 'second' | 'third'}`;

/** Three ways to begin with an agent; agents that the person made get general ones. */
export function starterKeys(agent: Pick<AgentView, 'id'>): readonly StarterKey[] {
  const name: StarterAgent = withStarters.find((id) => id === agent.id) ?? 'own';
  return [`chat.starter.${name}.first`, `chat.starter.${name}.second`, `chat.starter.${name}.third`];
}
