import { type Failure, FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { LocalModelFiles } from '../../protocol/ports/local-models.ts';
import { normaliseBaseUrl } from './base-url.ts';
import type { ModelAccess } from './language-model.ts';
import { listModels } from './list-models.ts';
import { type EnvironmentProvider, newProviderId, type Provider } from './provider.ts';
import type { ProviderStore, StoredProvider } from './provider-store.ts';

/** Of the engine of this computer. */
const localProviderId = 'local';
/** The ref of a model file of this computer. */
export const localRef = (id: string): string => `${localProviderId}/${id}`;
/** Longest wait for a provider's list of models, ms. */
const listMs = 15_000;

/** Where providers come from. */
export interface ProviderSources {
  readonly environment: readonly EnvironmentProvider[];
  /** What the engine of this computer can run; without any file it is no provider. */
  readonly local: LocalModelFiles;
  readonly store: ProviderStore;
  readonly clock: Clock;
  /** Called after every change. */
  readonly changed: () => void;
}

/** The providers of this node: those that the environment names, then the stored ones, oldest first, then the engine. */
export class ProviderList {
  chosen: string | null = null;
  #all: readonly Provider[] = [];
  readonly #environment: readonly EnvironmentProvider[];
  readonly #local: LocalModelFiles;
  readonly #store: ProviderStore;
  readonly #clock: Clock;
  readonly #changed: () => void;

  constructor({ environment, local, store, clock, changed }: ProviderSources) {
    this.#environment = environment;
    this.#local = local;
    this.#store = store;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Reads what is stored; what was learnt about providers that are still there is kept. */
  async load(): Promise<void> {
    const known = new Map(this.#all.map((provider) => [provider.id, provider]));
    const named = this.#environment.map(fromEnvironment);
    const stored = await Promise.all((await this.#store.all()).map((each) => this.#fromStore(each)));
    this.#all = [...named, ...stored, ...localProviders(this.#local)].map((provider) => {
      const before = known.get(provider.id);
      if (before?.url !== provider.url) return provider;
      return {
        ...provider,
        state: before.state,
        models: provider.source === 'environment' ? before.models : provider.models,
      };
    });
    this.chosen = await this.#store.chosen();
    this.#changed();
  }

  get all(): readonly Provider[] {
    return this.#all;
  }

  /** Throws a FailureError if there is none of that id. */
  get(id: string): Provider {
    const provider = this.#all.find((each) => each.id === id);
    if (!provider) throw new FailureError({ kind: 'not-found', what: 'provider' });
    return provider;
  }

  /** A stored provider; throws a FailureError for one that is set elsewhere. */
  own(id: string): StoredProvider {
    const { source, kind, ...provider } = this.get(id);
    const isOwn = source !== 'environment' && source !== 'built-in';
    if (isOwn && kind !== 'local') return { ...provider, source, kind };
    throw new FailureError({
      kind: 'set-elsewhere',
      name: provider.name,
      source: provider.sourceName ?? (kind === 'local' ? 'Nunba itself' : 'the environment'),
    });
  }

  /** What a call to it needs. Throws a FailureError if its key cannot be read. */
  async access(id: string): Promise<ModelAccess> {
    const { kind, url, trustedCertificate } = this.get(id);
    if (kind === 'local') return { kind };
    const named = this.#environment.find((each) => each.id === id);
    const key = named ? named.key : await this.#store.readKey(id);
    return { kind, url, key: key === '' ? null : key, trustedCertificate };
  }

  /** Adds one under an id of its own; the key is stored first, so that no provider is ever without the one it had. */
  async add(wantedId: string, provider: Omit<StoredProvider, 'id'>, key: string | null): Promise<string> {
    const id = newProviderId(wantedId, new Set([localProviderId, ...this.#all.map((each) => each.id)]));
    await this.#store.writeKey(id, key);
    await this.#store.insert({ ...provider, id });
    await this.load();
    return id;
  }

  /** @param key `undefined`: stays; `null` or empty: none any more */
  async update(provider: StoredProvider, key: string | null | undefined): Promise<void> {
    if (key !== undefined) await this.#store.writeKey(provider.id, key);
    await this.#store.update(provider);
    await this.load();
  }

  async remove(id: string): Promise<void> {
    const { id: own } = this.own(id);
    await this.#store.remove(own);
    if (this.chosen?.startsWith(`${own}/`)) await this.#store.choose(null);
    await this.load();
  }

  async choose(ref: string | null): Promise<void> {
    await this.#store.choose(ref);
    this.chosen = ref;
    this.#changed();
  }

  /** Asks a provider for its models and keeps them. Throws a FailureError, which then stands in its state. */
  async refresh(id: string, signal: AbortSignal): Promise<void> {
    const access = await this.#accessForList(id);
    // Its files are known; whether it can run them, only an answer tells.
    if (access.kind === 'local') return this.#replace(id, { state: { kind: 'unknown' } });
    const over = new AbortController();
    const timer = this.#clock.after(listMs, () => over.abort());
    try {
      const models = await listModels(access, this.#clock, AbortSignal.any([signal, over.signal]));
      const provider = this.#all.find((each) => each.id === id && each.url === access.url);
      if (!provider) return;
      if (provider.source !== 'environment') await this.#store.update({ ...this.own(id), models });
      this.#replace(id, { models, state: { kind: 'answering', at: this.#clock.now() } });
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = over.signal.aborted ? tooLate(this.get(id).url) : error;
      if (failure instanceof FailureError) this.report(id, failure.failure);
      throw failure;
    } finally {
      timer.cancel();
    }
  }

  async #accessForList(id: string): Promise<ModelAccess> {
    try {
      return await this.access(id);
    } catch (error) {
      if (error instanceof FailureError) this.report(id, error.failure);
      throw error;
    }
  }

  /** Takes down how a call to a provider went; what says nothing about the provider itself changes nothing. */
  report(id: string, failure: Failure | null): void {
    const at = this.#clock.now();
    if (failure === null) this.#replace(id, { state: { kind: 'answering', at } });
    else if (isProvidersFault(failure)) {
      const before = this.#all.find((each) => each.id === id)?.state;
      const isSame = before?.kind === 'failing' && before.failure.kind === failure.kind;
      this.#replace(id, { state: { kind: 'failing', since: isSame ? before.since : at, at, failure } });
    }
  }

  #replace(id: string, changes: Partial<Provider>): void {
    this.#all = this.#all.map((provider) => (provider.id === id ? { ...provider, ...changes } : provider));
    this.#changed();
  }

  async #fromStore(stored: StoredProvider): Promise<Provider> {
    const hasKey = await this.#store.readKey(stored.id).then(
      (key) => key !== null,
      // There is one, but it cannot be read: the call that needs it says so.
      () => true,
    );
    return { ...stored, hasKey, modelNames: {}, namedModel: null, sourceName: null, state: { kind: 'unknown' } };
  }
}

const tooLate = (url: string): FailureError =>
  new FailureError({ kind: 'model-unreachable', host: new URL(url).host, cause: 'timeout' });

const providersFaults: ReadonlySet<Failure['kind']> = new Set([
  'model-unreachable',
  'model-refused-key',
  'model-bad-answer',
  'model-error',
  'engine-ended',
  'engine-absent',
  'secret-unreadable',
]);

const isProvidersFault = (failure: Failure): boolean => providersFaults.has(failure.kind);

/** The engine of this computer, where it has something to run. */
const localProviders = (files: LocalModelFiles): readonly Provider[] => {
  const present = files.list().filter(({ isThere }) => isThere);
  return present.length === 0
    ? []
    : [
        {
          id: localProviderId,
          kind: 'local',
          name: 'Nunba’s engine',
          url: '',
          source: 'built-in',
          trustedCertificate: null,
          hasKey: false,
          models: present.map(({ id }) => id),
          modelNames: Object.fromEntries(present.map(({ id, name }) => [id, name])),
          namedModel: null,
          sourceName: null,
          state: { kind: 'unknown' },
        },
      ];
};

/** An endpoint that is named without any path is meant as far as `/v1`: there is no button to mend it with. */
const fromEnvironment = (named: EnvironmentProvider): Provider => {
  const url = plainUrl(named);
  const isBare = named.kind === 'openai-compatible' && new URL(url).pathname === '/';
  return {
    id: named.id,
    kind: named.kind,
    name: named.name,
    url: isBare ? `${url.replace(/\/$/, '')}/v1` : url,
    source: 'environment',
    trustedCertificate: null,
    hasKey: named.key !== null && named.key !== '',
    models: [],
    modelNames: {},
    namedModel: named.model,
    sourceName: named.sourceName,
    state: { kind: 'unknown' },
  };
};

/** Whatever else is odd about an address of the environment, no name or password in it is shown or sent. */
const plainUrl = ({ kind, url }: EnvironmentProvider): string => {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  const normal = normaliseBaseUrl(kind, bare.href);
  return normal.kind === 'ok' ? normal.url : bare.href;
};
