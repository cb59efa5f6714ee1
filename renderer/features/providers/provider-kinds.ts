import type { ProviderDraft } from '../../../node-core/api/model-views.ts';
import { locateHost, type ModelLocation } from '../../../node-core/protocol/location.ts';

export type ProviderKind = ProviderDraft['kind'];

interface KindFacts {
  /** The provider's own name. */
  readonly name: string;
  /** Host of its own address; `null` where the person has to give one. */
  readonly host: string | null;
  /** What its keys look like, as an example. */
  readonly keyExample: string;
}

/** What a person knows about the kinds of providers, in the order in which they are offered. */
export const providerKinds: Readonly<Record<ProviderKind, KindFacts>> = {
  'openai-compatible': { name: '', host: null, keyExample: '' },
  openai: { name: 'OpenAI', host: 'api.openai.com', keyExample: 'sk-…' },
  anthropic: { name: 'Anthropic', host: 'api.anthropic.com', keyExample: 'sk-ant-…' },
  google: { name: 'Google', host: 'generativelanguage.googleapis.com', keyExample: 'AIza…' },
};

export const providerKindNames: readonly ProviderKind[] = ['openai-compatible', 'openai', 'anthropic', 'google'];

const parseAddress = (address: string): URL | null => {
  const text = address.trim();
  const candidate = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  const url = text === '' ? null : URL.parse(candidate);
  return url && url.hostname !== '' ? url : null;
};

const draftUrl = (draft: Pick<ProviderDraft, 'kind' | 'url'>): URL | null =>
  parseAddress(draft.url.trim() || (providerKinds[draft.kind].host ?? ''));

/** Where a draft's model would run, or `null` while its address is not one yet. */
export function draftLocation(draft: Pick<ProviderDraft, 'kind' | 'url'>): ModelLocation | null {
  const url = draftUrl(draft);
  return url && locateHost(url.hostname);
}

/** The name a provider gets when the person gave none. */
export function defaultProviderName(draft: Pick<ProviderDraft, 'kind' | 'url'>): string {
  return (providerKinds[draft.kind].name || draftUrl(draft)?.host || '').slice(0, 100);
}
