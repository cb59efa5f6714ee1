import { useMemo } from 'react';
import type { AgentView } from '../../../node-core/api/agent-views.ts';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { defaultSettings, type Settings } from '../../../node-core/api/node-views.ts';
import { useWatched } from '../../rpc/use-watched.ts';

/** What every conversation needs to know about the rest of the app. */
export interface Surroundings {
  readonly agents: readonly AgentView[];
  readonly agentsById: ReadonlyMap<string, AgentView>;
  readonly models: ModelsView;
  readonly settings: Settings;
  /** All of it has arrived. */
  readonly isKnown: boolean;
}

const noAgents: readonly AgentView[] = [];
const noModels: ModelsView = { providers: [], models: [], chosen: null, programs: [], lookedAt: null };

/** Agents, models and settings as they are now. */
export function useSurroundings(): Surroundings {
  const agents = useWatched('agents.watch', {}).value;
  const models = useWatched('models.watch', {}).value;
  const settings = useWatched('settings.watch', {}).value;
  const agentsById = useMemo(() => new Map((agents ?? noAgents).map((agent) => [agent.id, agent])), [agents]);
  return {
    agents: agents ?? noAgents,
    agentsById,
    models: models ?? noModels,
    settings: settings ?? defaultSettings,
    isKnown: agents !== null && models !== null && settings !== null,
  };
}
