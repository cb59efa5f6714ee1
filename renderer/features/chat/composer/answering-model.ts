import type { AgentView } from '../../../../node-core/api/agent-views.ts';
import type { ModelsView, ModelView } from '../../../../node-core/api/model-views.ts';
import type { ModelReason } from '../../../../node-core/protocol/ports/answers.ts';

/** Who would answer the next message, and why. */
export type Answering =
  | { readonly kind: 'guide' }
  | { readonly kind: 'no-model' }
  /** The one that was chosen for this conversation is not there any more. */
  | { readonly kind: 'missing'; readonly ref: string }
  | {
      readonly kind: 'model';
      readonly model: ModelView;
      readonly providerName: string;
      readonly reason: ModelReason;
    };

/** The same order as the node's: the conversation's choice, the agent's preference, the default. */
export function answeringModel(models: ModelsView, agent: AgentView | null, chosenInChat: string | null): Answering {
  if (agent?.engine === 'guide') return { kind: 'guide' };
  const found = (ref: string | null | undefined, reason: ModelReason): Answering | null => {
    const model = models.models.find((candidate) => candidate.ref === ref);
    if (!model) return null;
    const provider = models.providers.find(({ id }) => id === model.providerId);
    return { kind: 'model', model, providerName: provider?.name ?? model.providerId, reason };
  };
  if (chosenInChat !== null) return found(chosenInChat, 'chosen-in-chat') ?? { kind: 'missing', ref: chosenInChat };
  const preferred = found(agent?.model, 'agent-prefers');
  if (preferred) return preferred;
  return models.chosen ? { kind: 'model', ...models.chosen } : { kind: 'no-model' };
}
