import type { CallHandlers, Sink, SubscriptionHandlers } from '../../api/contract.ts';
import { type Failure, FailureError } from '../../api/failures.ts';
import type { ModelsView, ModelView, ProviderDraft } from '../../api/model-views.ts';
import type { ModelReason } from '../../protocol/ports/answers.ts';
import { normaliseBaseUrl } from './base-url.ts';
import { chooseModel, type ModelChoice, type ModelWishes } from './choose-model.ts';
import { discoverPrograms, knownPrograms, notLookedAt, type ProgramView } from './discover-programs.ts';
import { requireKeyShape } from './key-shape.ts';
import type { ModelAccess } from './language-model.ts';
import type { ModelsOptions } from './models-options.ts';
import { isSameAddress, knownProviders, modelsView, modelView } from './models-view.ts';
import { defaultName } from './provider.ts';
import { ProviderList } from './provider-list.ts';
import { ProviderStore } from './provider-store.ts';
import { isOwnAddress, testProvider } from './test-provider.ts';

type ModelCall = Extract<keyof CallHandlers, `models.${string}`>;

/** The models' share of the contract. */
export interface ModelHandlers {
  readonly calls: Pick<CallHandlers, ModelCall>;
  readonly subscriptions: Pick<SubscriptionHandlers, 'models.watch'>;
}

/** The model that answers, and everything that asking it needs. */
export interface ChosenModel {
  readonly model: ModelView;
  readonly providerName: string;
  readonly reason: ModelReason;
  readonly access: ModelAccess;
}

/** Providers and models of this node. */
export interface Models {
  readonly handlers: ModelHandlers;
  view(): ModelsView;
  /**
   * Asks providers of the environment for their models, where it needs that. Throws `no-model` or `model-unknown`.
   * Aborting `signal` rejects with its reason.
   */
  choose(wishes: Omit<ModelWishes, 'chosen'>, signal: AbortSignal): Promise<ChosenModel>;
  /**
   * Asks the host of the chosen model for its list; where none is chosen, that of the first provider, which may be why.
   * What it fails with stands in the provider's state.
   */
  checkChosen(): Promise<void>;
  /** Takes down how a call went; `null`: well. */
  report(providerId: string, failure: Failure | null): void;
  /** Ends what is under way. */
  stop(): void;
}

/** Reads the stored providers; contacts nobody. */
export async function createModels(options: ModelsOptions): Promise<Models> {
  const models = new ModelService(options);
  await models.start();
  return models;
}

class ModelService implements Models {
  readonly #options: ModelsOptions;
  readonly #list: ProviderList;
  readonly #watchers = new Set<Sink<ModelsView>>();
  readonly #life = new AbortController();
  #programs: readonly ProgramView[];
  #lookedAt: number | null = null;
  #look: Promise<void> | null = null;
  #ends: readonly (() => void)[] = [];

  constructor(options: ModelsOptions) {
    this.#options = options;
    const store = new ProviderStore(options.storage, options.secrets, options.clock);
    const { environment, local, clock } = options;
    const changed = (): void => this.#tellWatchers();
    this.#list = new ProviderList({ environment, local, store, clock, changed });
    this.#programs = (options.programs ?? knownPrograms).map(notLookedAt);
  }

  async start(): Promise<void> {
    const load = (): Promise<void> => this.#list.load();
    // While the node ends the database may be closed already.
    const loadQuietly = (): void => void load().catch(() => undefined);
    const { storage, onSecretsChanged, local } = this.#options;
    this.#ends = [storage.onReplaced(load), onSecretsChanged(loadQuietly), local.onChange(loadQuietly)];
    await this.#list.load();
  }

  stop(): void {
    this.#life.abort(new FailureError({ kind: 'no-model' }));
    for (const end of this.#ends) end();
    this.#watchers.clear();
  }

  view(): ModelsView {
    const { all: providers, chosen } = this.#list;
    return modelsView({ providers, chosen, programs: this.#programs, lookedAt: this.#lookedAt });
  }

  async checkChosen(): Promise<void> {
    const { chosen, providers } = this.view();
    const providerId = chosen?.model.providerId ?? providers[0]?.id;
    if (providerId !== undefined) await this.#refreshQuietly(providerId);
  }

  report(providerId: string, failure: Failure | null): void {
    this.#list.report(providerId, failure);
  }

  async choose(wishes: Omit<ModelWishes, 'chosen'>, signal: AbortSignal): Promise<ChosenModel> {
    const choose = (): ModelChoice =>
      chooseModel(
        { ...wishes, chosen: this.#list.chosen },
        knownProviders({ providers: this.#list.all, chosen: this.#list.chosen }),
      );
    let choice = choose();
    const trouble = await this.#askUnlisted(choice, signal);
    signal.throwIfAborted();
    if (trouble !== 'not-asked') choice = choose();
    if (choice.kind === 'model') return this.#open(choice);
    if (choice.kind === 'none')
      throw trouble instanceof FailureError ? trouble : new FailureError({ kind: 'no-model' });
    throw new FailureError({ kind: 'model-unknown', host: 'Nunba', model: choice.ref.slice(0, 300) });
  }

  readonly handlers: ModelHandlers = {
    calls: {
      'models.discover': async () => {
        this.#look ??= this.#discover().finally(() => {
          this.#look = null;
        });
        await this.#look;
        return {};
      },
      'models.use': async ({ url, model }) => {
        const program = this.view().programs.find((each) => each.state === 'found' && isSameAddress(each.url, url));
        if (!program) throw new FailureError({ kind: 'not-found', what: 'provider' });
        if (!program.models.includes(model)) throw new FailureError({ kind: 'not-found', what: 'model' });
        const id = program.providerId ?? (await this.#addProgram(program));
        if (program.providerId !== null) await this.#refreshQuietly(id);
        await this.#list.choose(`${id}/${model}`);
        return {};
      },
      'models.choose': async ({ ref }) => {
        if (ref !== null) this.#requireModel(ref);
        await this.#list.choose(ref);
        return {};
      },
      'models.refresh': async ({ providerId }) => {
        await this.#list.refresh(providerId, this.#life.signal);
        return {};
      },
      'models.test': async ({ draft, providerId, model }) => {
        const key = await this.#keyForTest(draft, providerId);
        const access = { kind: draft.kind, url: draft.url, key, trustedCertificate: draft.trustedCertificate };
        const { clock, breaker, ownPorts } = this.#options;
        const means = { clock, breaker, signal: this.#life.signal, ownPorts: ownPorts() };
        return testProvider({ access, model: model === '' ? null : model }, means);
      },
      'models.add': async ({ draft, model }) => {
        const { kind, trustedCertificate } = draft;
        const url = this.#checked(draft);
        const name = draft.name === '' ? defaultName(kind, url) : draft.name;
        const wantedId = kind === 'openai-compatible' ? new URL(url).host : kind;
        const provider = { kind, name, url, trustedCertificate, source: 'person' as const, models: [] };
        const providerId = await this.#list.add(wantedId, provider, draft.key);
        if (model !== null && model !== '') await this.#list.choose(`${providerId}/${model}`);
        await this.#refreshQuietly(providerId);
        return { providerId };
      },
      'models.update': async ({ providerId, draft }) => {
        const before = this.#list.own(providerId);
        const { kind, trustedCertificate } = draft;
        const url = this.#checked(draft);
        const name = draft.name === '' ? defaultName(kind, url) : draft.name;
        const isElsewhere = !isSameHost(before.url, url);
        const key = draft.key ?? (isElsewhere ? null : undefined);
        await this.#list.update({ ...before, kind, name, url, trustedCertificate, models: [] }, key);
        await this.#refreshQuietly(providerId);
        return {};
      },
      'models.remove': async ({ providerId }) => {
        await this.#list.remove(providerId);
        return {};
      },
    },
    subscriptions: {
      'models.watch': (_input, sink) => {
        this.#watchers.add(sink);
        sink.next(this.view());
        this.#askUnlisted({ kind: 'none' }, this.#life.signal).catch(() => undefined);
        return () => this.#watchers.delete(sink);
      },
    },
  };

  async #open(choice: Extract<ModelChoice, { kind: 'model' }>): Promise<ChosenModel> {
    const provider = this.#list.get(choice.providerId);
    const access = await this.#list.access(provider.id);
    const model = modelView(provider, choice.modelId);
    return { model, providerName: provider.name, reason: choice.reason, access };
  }

  /**
   * A provider of the environment comes without a list. Where the choice hangs on it, it is asked once: an endpoint
   * without a named model whenever there is nothing else, a cloud service before its model is guessed.
   */
  async #askUnlisted(choice: ModelChoice, signal: AbortSignal): Promise<FailureError | 'asked' | 'not-asked'> {
    const isGuess = choice.kind === 'model' && (choice.reason === 'only-one' || choice.reason === 'first-found');
    const unlisted = this.#list.all.filter(
      (each) =>
        each.source === 'environment' &&
        each.models.length === 0 &&
        each.namedModel === null &&
        (isGuess ? each.id === choice.providerId && each.state.kind === 'unknown' : each.kind === 'openai-compatible'),
    );
    if (unlisted.length === 0 || (choice.kind !== 'none' && !isGuess)) return 'not-asked';
    const outcomes = await Promise.all(unlisted.map(({ id }) => this.#refreshQuietly(id, signal)));
    return outcomes.find((outcome) => outcome !== null) ?? 'asked';
  }

  /** The failure stands in the provider's state; whoever needs it gets it. */
  async #refreshQuietly(id: string, signal = this.#life.signal): Promise<FailureError | null> {
    try {
      await this.#list.refresh(id, AbortSignal.any([this.#life.signal, signal]));
      return null;
    } catch (error) {
      if (error instanceof FailureError) return error;
      throw error;
    }
  }

  async #discover(): Promise<void> {
    const { clock, ownPorts, programs = knownPrograms } = this.#options;
    this.#programs = await discoverPrograms(programs, ownPorts(), clock, this.#life.signal);
    this.#lookedAt = clock.now();
    this.#tellWatchers();
  }

  #addProgram(program: ProgramView): Promise<string> {
    const { kind, name, url, models } = program;
    const source = 'found' as const;
    const provider = { kind: 'openai-compatible' as const, name, url, trustedCertificate: null, source, models };
    return this.#list.add(kind, provider, null);
  }

  #requireModel(ref: string): void {
    const known = knownProviders({ providers: this.#list.all, chosen: this.#list.chosen });
    const choice = chooseModel({ chat: null, caller: ref, agent: null, chosen: null }, known);
    if (choice.kind !== 'model') throw new FailureError({ kind: 'not-found', what: 'model' });
  }

  /** The normalised address of a draft that may be stored. */
  #checked(draft: ProviderDraft): string {
    const normal = normaliseBaseUrl(draft.kind, draft.url);
    if (normal.kind === 'bad') throw new FailureError({ kind: 'invalid-input', field: 'url', reason: normal.reason });
    if (isOwnAddress(new URL(normal.url), this.#options.ownPorts())) {
      throw new FailureError({ kind: 'invalid-input', field: 'url', reason: 'Nunba’s own address' });
    }
    requireKeyShape(draft.key);
    return normal.url;
  }

  /** A stored key is tried at its own host only. */
  async #keyForTest(draft: ProviderDraft, providerId: string | null): Promise<string | null> {
    requireKeyShape(draft.key);
    if (draft.key !== null) return draft.key === '' ? null : draft.key;
    const normal = normaliseBaseUrl(draft.kind, draft.url);
    if (providerId === null || normal.kind === 'bad') return null;
    const stored = await this.#list.access(providerId);
    return stored.kind !== 'local' && isSameHost(stored.url, normal.url) ? stored.key : null;
  }

  #tellWatchers(): void {
    const view = this.view();
    for (const watcher of this.#watchers) watcher.next(view);
  }
}

const isSameHost = (a: string, b: string): boolean => new URL(a).hostname === new URL(b).hostname;
