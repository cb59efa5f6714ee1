import path from 'node:path';
import type { CallHandlers, Sink, SubscriptionHandlers } from '../../api/contract.ts';
import { FailureError } from '../../api/failures.ts';
import type { LocalModelsView } from '../../api/local-model-views.ts';
import { chooseProxy } from '../../protocol/local/choose-proxy.ts';
import { mirroredAddress, placeOf } from '../../protocol/local/mirror-address.ts';
import type { Timer } from '../../protocol/ports/clock.ts';
import type { LocalModelFiles } from '../../protocol/ports/local-models.ts';
import type { Contact } from '../models/contacts.ts';
import { type CatalogueModel, integrityOfModel } from './catalogue.ts';
import { adoptFile } from './download/adopt-file.ts';
import { downloadFile } from './download/download-file.ts';
import type { DownloadMeans, DownloadOrder } from './download/download-order.ts';
import { discardPart, partBytes } from './download/part-record.ts';
import { type DeskWork, DownloadDesk } from './download-desk.ts';
import { freeForModels, refuseWithoutEngineRoom } from './engine-room.ts';
import type { EmbeddingFile } from './local-embedder.ts';
import type { LocalModelsOptions } from './local-models-options.ts';
import { localModelsView } from './local-models-view.ts';
import { changeLocalSettings, type LocalSettings, readLocalSettings, writeLocalSettings } from './local-settings.ts';
import { downloadName, idOfPath, ModelShelf, makesEmbeddings } from './model-shelf.ts';
import { readModelFile } from './read-model-file.ts';

type LocalCall = Extract<keyof CallHandlers, `localModels.${string}`>;

/** Local models of a node, and what the person does with them. */
export interface LocalModels {
  readonly files: LocalModelFiles;
  /** The one that searches by meaning. */
  readonly embeddingFile: EmbeddingFile;
  readonly handlers: {
    readonly calls: Pick<CallHandlers, LocalCall>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'localModels.watch'>;
  };
  /** Means by which other parts of the engine are fetched: the same proxy and retries. */
  readonly means: DownloadMeans;
  /** Hosts that are asked when the person clicks. */
  contacts(): Contact[];
  stop(): Promise<void>;
}

/** How often a watched view is made anew at most, ms. */
const tellEveryMs = 250;
/** How often files are looked at while somebody watches, ms. */
const lookEveryMs = 5_000;

/** Reads what is known; contacts nobody. */
export async function createLocalModels(options: LocalModelsOptions): Promise<LocalModels> {
  const service = new LocalModelService(options);
  await service.start();
  return service;
}

class LocalModelService implements LocalModels {
  readonly #options: LocalModelsOptions;
  readonly #desk: DownloadDesk;
  readonly #watchers = new Set<Sink<LocalModelsView>>();
  readonly files: ModelShelf;
  #settings: LocalSettings = { folder: null, mirror: null, proxy: null, embeddingModel: null };
  readonly #embeddingListeners = new Set<() => void>();
  #ends: readonly (() => void)[] = [];
  #telling: Timer | null = null;

  constructor(options: LocalModelsOptions) {
    this.#options = options;
    this.files = new ModelShelf(options.storage, () => options.clock.now());
    this.#desk = new DownloadDesk({
      work: (...work) => this.#get(...work),
      elapsed: () => options.clock.elapsed(),
      onChange: () => this.#tellSoon(),
      reportBug: options.reportBug,
    });
  }

  async start(): Promise<void> {
    const load = async (): Promise<void> => {
      this.#settings = await readLocalSettings(this.#options.storage);
      await this.files.refresh();
      this.#changed();
    };
    const { storage, engine } = this.#options;
    const tell = (): void => this.#tellSoon();
    this.#ends = [
      storage.onReplaced(load),
      this.files.onChange(() => this.#changed()),
      ...(engine ? [engine.onChange(tell)] : []),
    ];
    await load();
  }

  async stop(): Promise<void> {
    for (const end of this.#ends) end();
    this.#telling?.cancel();
    this.#watchers.clear();
    await this.#desk.close();
  }

  get means(): DownloadMeans {
    const { clock, random, environment } = this.#options;
    return { clock, random, proxyFor: (url) => chooseProxy(url, { setting: this.#settings.proxy, environment }) };
  }

  readonly embeddingFile: EmbeddingFile = {
    get: () => {
      const file = this.files.files.find(({ id }) => id === this.#settings.embeddingModel);
      return file?.presence === 'here' && makesEmbeddings(file) ? file : null;
    },
    refresh: () => this.files.refresh(),
    onChange: (listener) => {
      this.#embeddingListeners.add(listener);
      return () => void this.#embeddingListeners.delete(listener);
    },
  };

  contacts(): Contact[] {
    if (this.#options.engine === null) return [];
    const urls = this.#offered.map((model) => mirroredAddress(model.url, this.#settings.mirror));
    const hosts = new Map(urls.map((url) => [url.host, url]));
    return [...hosts].map(([host, url]) => ({ host, purpose: 'model-download', name: host, location: placeOf(url) }));
  }

  readonly handlers: LocalModels['handlers'] = {
    calls: {
      'localModels.get': async ({ id }) => {
        if (!this.files.files.some((file) => file.id === id)) this.#modelOf(id);
        if (this.#options.engine === null) throw new FailureError({ kind: 'not-found', what: 'model' });
        this.#desk.order(id);
        return {};
      },
      'localModels.pause': async ({ id }) => {
        await this.#desk.end(id);
        return {};
      },
      'localModels.cancel': async ({ id }) => {
        const model = this.#modelOf(id);
        await this.#desk.discard(id, () => discardPart(this.#pathOf(model)));
        this.#tellSoon();
        return {};
      },
      'localModels.remove': async ({ id }) => {
        await this.#desk.discard(id, async () => {
          if (this.#settings.embeddingModel === id) await this.#set({ ...this.#settings, embeddingModel: null });
          const file = this.files.files.find((each) => each.id === id);
          if (file) this.#options.release(file.path);
          await this.files.remove(id);
        });
        return {};
      },
      'localModels.stopMeaning': async () => {
        await this.#set({ ...this.#settings, embeddingModel: null });
        return {};
      },
      'localModels.addFile': async ({ path: given }) => {
        const file = path.normalize(given);
        if (!path.isAbsolute(file))
          throw new FailureError({ kind: 'invalid-input', field: 'the path', reason: 'not a whole path' });
        return { id: await this.#add(file) };
      },
      'localModels.configure': async (changes) => {
        const next = changeLocalSettings(this.#settings, changes);
        if (next.folder !== this.#settings.folder) await this.#refuseWhileDownloading();
        await this.#set(next);
        return {};
      },
    },
    subscriptions: { 'localModels.watch': (_, sink) => this.#watch(sink) },
  };

  async #set(settings: LocalSettings): Promise<void> {
    await writeLocalSettings(this.#options.storage, settings);
    this.#settings = settings;
    this.#changed();
  }

  async #add(file: string): Promise<string> {
    const known = this.files.files.find((each) => each.path === file && each.source === 'catalogue');
    const checked = await readModelFile(file);
    const id = known?.id ?? idOfPath(file);
    const name = known?.name ?? checked.header.name ?? path.basename(file, path.extname(file)).slice(0, 200);
    await this.files.put(checked, { id, name, source: known?.source ?? 'person' });
    return id;
  }

  /** Everything that is left to do until a model of the catalogue, or a file of the person, answers. */
  async #get(...[id, tell, signal]: Parameters<DeskWork>): Promise<void> {
    await this.files.refresh();
    if (!this.files.files.some((file) => file.id === id && file.presence === 'here'))
      await this.#download(this.#modelOf(id), tell, signal);
    tell({ kind: 'engine' });
    await this.#options.engine?.install(signal);
    signal.throwIfAborted();
    if (this.files.files.some((file) => file.id === id && makesEmbeddings(file)))
      await this.#set({ ...this.#settings, embeddingModel: id });
    else await this.#options.choose(id);
  }

  async #download(model: CatalogueModel, onStep: Parameters<DeskWork>[1], signal: AbortSignal): Promise<void> {
    const to = this.#pathOf(model);
    const { mirror } = this.#settings;
    const order: DownloadOrder = {
      url: mirroredAddress(model.url, mirror),
      mayBePlain: mirror !== null,
      to,
      expected: { size: { kind: 'exact', bytes: model.sizeBytes }, integrity: integrityOfModel(model) },
      signal,
      onStep,
    };
    if (!(await adoptFile(order))) {
      const missingBytes = model.sizeBytes - (await partBytes(to));
      await refuseWithoutEngineRoom(this.#options.engine, path.dirname(to), missingBytes);
      await downloadFile(order, this.means);
    }
    await this.files.put(await readModelFile(to), { id: model.id, name: model.name, source: 'catalogue' });
  }

  /** What has arrived would be left behind in the other folder, where nobody finds it again. */
  async #refuseWhileDownloading(): Promise<void> {
    for (const model of this.#offered) {
      if (this.#desk.state(model.id) === null && (await partBytes(this.#pathOf(model))) === 0) continue;
      const reason = `to stay until ${model.name} has arrived in the one before, or is given up`;
      throw new FailureError({ kind: 'invalid-input', field: 'the folder', reason });
    }
  }

  get #offered(): readonly CatalogueModel[] {
    const { models, embeddings } = this.#options.catalogue;
    return [...models, ...embeddings];
  }

  #modelOf(id: string): CatalogueModel {
    const model = this.#offered.find((each) => each.id === id);
    if (model === undefined) throw new FailureError({ kind: 'not-found', what: 'model' });
    return model;
  }

  get #folder(): string {
    return this.#settings.folder ?? this.#options.usualFolder;
  }

  #pathOf = (model: CatalogueModel): string => path.join(this.#folder, downloadName(model.id));

  async #watch(sink: Sink<LocalModelsView>): Promise<() => void> {
    this.#watchers.add(sink);
    const view = await this.#view();
    if (this.#watchers.has(sink)) sink.next(view);
    const look = (): void =>
      void this.files
        .refresh()
        .then(() => this.#tellSoon())
        .catch(() => undefined);
    const timer = this.#options.clock.every(lookEveryMs, look);
    return () => {
      timer.cancel();
      this.#watchers.delete(sink);
    };
  }

  #changed(): void {
    this.#tellSoon();
    for (const listener of this.#embeddingListeners) listener();
  }

  #tellSoon(): void {
    if (this.#telling !== null || this.#watchers.size === 0) return;
    this.#telling = this.#options.clock.after(tellEveryMs, () => {
      this.#telling = null;
      const tell = (view: LocalModelsView): void => this.#watchers.forEach((sink) => void sink.next(view));
      void this.#view()
        .then(tell)
        .catch((error: unknown) => this.#options.reportBug(error, 'local models'));
    });
  }

  async #view(): Promise<LocalModelsView> {
    const { catalogue, engine, environment, memory } = this.#options;
    const parts = await Promise.all(
      this.#offered.map(async (each) => [each.id, await partBytes(this.#pathOf(each))] as const),
    );
    return localModelsView({
      catalogue,
      files: this.files.files,
      settings: this.#settings,
      engine: engine?.state() ?? null,
      room: { ...(await memory()), freeDiskBytes: await freeForModels(engine, this.#folder) },
      folder: this.#folder,
      environment,
      deskState: (id) => this.#desk.state(id),
      parts: new Map(parts),
    });
  }
}
