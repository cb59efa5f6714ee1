import type { ModelReason, ModelRef } from '../../protocol/ports/answers.ts';

/** Models of one provider, as far as they are known. */
export interface KnownProvider {
  readonly id: string;
  /** The one to use when nobody says which comes first. */
  readonly models: readonly string[];
  /** Whether the provider itself has said what it has; if not, a model of any name may be there. */
  readonly isListed: boolean;
  /** The model that the environment names for it. */
  readonly namedInEnvironment: string | null;
}

/** Who wants which model. */
export interface ModelWishes {
  readonly chat: ModelRef | null;
  readonly caller: ModelRef | null;
  readonly agent: ModelRef | null;
  /** The person's chosen default. */
  readonly chosen: ModelRef | null;
}

export type ModelChoice =
  | { readonly kind: 'model'; readonly providerId: string; readonly modelId: string; readonly reason: ModelReason }
  /** A caller named one that is not there. */
  | { readonly kind: 'unknown'; readonly ref: ModelRef }
  | { readonly kind: 'none' };

/**
 * Which model answers, and why: chosen in the chat, asked by the caller, preferred by the agent, chosen as default, named
 * in the environment, the only one, the first found. A wish for a model that is gone falls to the next; only a caller,
 * who may be a program, is told.
 */
export function chooseModel(wishes: ModelWishes, providers: readonly KnownProvider[]): ModelChoice {
  const chat = granted(wishes.chat, providers, 'chosen-in-chat');
  if (chat) return chat;
  if (wishes.caller !== null) {
    return granted(wishes.caller, providers, 'asked-by-caller') ?? { kind: 'unknown', ref: wishes.caller };
  }
  return (
    granted(wishes.agent, providers, 'agent-prefers') ??
    granted(wishes.chosen, providers, 'chosen-as-default') ??
    namedInEnvironment(providers) ??
    firstFound(providers)
  );
}

/** Provider and model of a ref; the model's id may hold slashes. */
export function splitRef(ref: ModelRef): { readonly providerId: string; readonly modelId: string } {
  const at = ref.indexOf('/');
  return { providerId: ref.slice(0, at), modelId: ref.slice(at + 1) };
}

const granted = (
  ref: ModelRef | null,
  providers: readonly KnownProvider[],
  reason: ModelReason,
): ModelChoice | null => {
  if (ref === null) return null;
  const { providerId, modelId } = splitRef(ref);
  const provider = providers.find((each) => each.id === providerId);
  const isThere = provider !== undefined && (!provider.isListed || provider.models.includes(modelId));
  return isThere ? { kind: 'model', providerId, modelId, reason } : null;
};

const namedInEnvironment = (providers: readonly KnownProvider[]): ModelChoice | null => {
  for (const { id, namedInEnvironment: modelId } of providers) {
    if (modelId !== null) return { kind: 'model', providerId: id, modelId, reason: 'named-in-environment' };
  }
  return null;
};

const firstFound = (providers: readonly KnownProvider[]): ModelChoice => {
  const all = providers.flatMap(({ id, models }) => models.map((modelId) => ({ providerId: id, modelId })));
  const first = all[0];
  return first ? { kind: 'model', ...first, reason: all.length === 1 ? 'only-one' : 'first-found' } : { kind: 'none' };
};
