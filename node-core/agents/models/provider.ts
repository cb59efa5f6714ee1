import type { ProviderView } from '../../api/model-views.ts';
import { locateHost } from '../../protocol/location.ts';
import type { ProviderKind } from './base-url.ts';

/** A provider that the environment, a file or a flag names. Its key stays in memory and is never stored. */
export interface EnvironmentProvider {
  /** Begins with `env-`, as no stored one's does. */
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly url: string;
  readonly key: string | null;
  /** The model that is named with it, or `null`. */
  readonly model: string | null;
  /** The variable that named it, for sentences. */
  readonly sourceName: string;
}

/** A provider as the node works with it. Its key is elsewhere. */
export interface Provider {
  readonly id: string;
  readonly kind: ProviderView['kind'];
  readonly name: string;
  /** Empty for the engine of this computer. */
  readonly url: string;
  readonly source: ProviderView['source'];
  readonly trustedCertificate: string | null;
  readonly hasKey: boolean;
  /** What it listed last, the favourite first. Empty: it has not been asked, or has none. */
  readonly models: readonly string[];
  /** How people call its models, by id; without those whose id is all there is. */
  readonly modelNames: Readonly<Record<string, string>>;
  /** The model that the environment names for it. */
  readonly namedModel: string | null;
  /** Where it is set, if not here. */
  readonly sourceName: string | null;
  readonly state: ProviderView['state'];
}

/** What the page sees of a provider. */
export function providerView(provider: Provider): ProviderView {
  return {
    id: provider.id,
    kind: provider.kind,
    name: provider.name.slice(0, 100),
    url: provider.url,
    location: locationOf(provider),
    source: provider.source,
    setBy: provider.sourceName,
    hasKey: provider.hasKey,
    trustedCertificate: provider.trustedCertificate,
    state: provider.state,
  };
}

/** Where a provider's models run. */
export function locationOf({ kind, url }: Pick<Provider, 'kind' | 'url'>): ProviderView['location'] {
  return kind === 'local' ? { kind: 'this-computer' } : locateHost(new URL(url).hostname);
}

/** Name of the secret that holds a provider's key. */
export function keySecret(providerId: string): string {
  return `provider.${providerId}.key`;
}

const kindNames: Readonly<Record<Exclude<ProviderKind, 'openai-compatible'>, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
};

/** What to call a provider that the person gave no name. */
export function defaultName(kind: ProviderKind, url: string): string {
  return kind === 'openai-compatible' ? new URL(url).host.slice(0, 100) : kindNames[kind];
}

/**
 * An id for a new provider that says what it is and is not in `taken`. The same provider, removed and added again, gets
 * the same id, so that conversations find its models again.
 */
export function newProviderId(wanted: string, taken: ReadonlySet<string>): string {
  const slug = wanted
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^env(?=-|$)/, 'my-env')
    .slice(0, 50);
  const base = slug === '' ? 'provider' : slug;
  for (let number = 2, id = base; ; number += 1) {
    if (!taken.has(id)) return id;
    id = `${base}-${number}`;
  }
}
