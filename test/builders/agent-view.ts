import type { AgentView } from '../../node-core/api/agent-views.ts';

/** An agent that comes with Nunba, unless said otherwise. */
export function anAgent(more: Partial<AgentView> = {}): AgentView {
  return {
    id: 'nunba',
    name: 'Nunba',
    description: 'A companion.',
    instructions: 'Answer.',
    greeting: '',
    model: null,
    tools: [],
    servers: [],
    knowledge: [],
    source: 'shipped',
    engine: 'model',
    leaves: 'nothing',
    isDefault: false,
    ...more,
  };
}
