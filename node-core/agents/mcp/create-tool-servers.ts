import type { CallHandlers, Sink, SubscriptionHandlers } from '../../api/contract.ts';
import { FailureError } from '../../api/failures.ts';
import type { ToolServerDraft, ToolServerView } from '../../api/mcp-views.ts';
import type { ChildRecords } from '../../platform/child-records.ts';
import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Secrets } from '../../protocol/ports/host.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import { isOwnAddress } from '../models/test-provider.ts';
import type { Tool } from '../tools/tool.ts';
import type { ToolSource, ToolTerms } from '../tools/toolbox.ts';
import { type CheckedDraft, checkDraft } from './check-draft.ts';
import { type FileEntry, readServersFile } from './read-servers-file.ts';
import { defaultServerLimits, type ServerLimits } from './server-limits.ts';
import { serverTool } from './server-tool.ts';
import { slugFor } from './tool-names.ts';
import { ToolServer } from './tool-server.ts';
import { type StoredServer, ToolServerStore } from './tool-server-store.ts';

type ServerCall = Extract<keyof CallHandlers, `toolServers.${string}`>;

/** The tool servers' share of the contract. */
export interface ToolServerHandlers {
  readonly calls: Pick<CallHandlers, ServerCall>;
  readonly subscriptions: Pick<SubscriptionHandlers, 'toolServers.watch'>;
}

/** Told of a tool that changed or is gone: whatever was allowed of it for good is to be asked again. */
export type ToolChangeListener = (serverId: string, toolName: string) => void | Promise<void>;

/** The servers of tools that the person added. */
export interface ToolServers extends ToolSource {
  readonly handlers: ToolServerHandlers;
  /** As they are at present, oldest first. */
  list(): readonly ToolServerView[];
  /**
   * Told before the changed tool can be called; a list of tools is taken up only when every listener is done. Returns
   * what ends the telling.
   */
  onToolChanged(listener: ToolChangeListener): () => void;
  /** Ends all servers, with everything they have started. */
  stop(): Promise<void>;
}

/** What tool servers are made of. */
export interface ToolServersOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly ids: () => string;
  readonly breaker: Pick<Breaker, 'pass'>;
  /** Ports on which this node itself listens: no server is asked there. */
  readonly ownPorts: () => readonly number[];
  /** Of Nunba, for the servers. */
  readonly version: string;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  readonly limits?: ServerLimits;
}

/** Reads the servers that are kept; starts none. */
export async function createToolServers(options: ToolServersOptions): Promise<ToolServers> {
  const servers = new ToolServerService(options);
  await servers.start();
  return servers;
}

class ToolServerService implements ToolServers {
  readonly #options: ToolServersOptions;
  readonly #store: ToolServerStore;
  readonly #watchers = new Set<Sink<ToolServerView[]>>();
  readonly #listeners = new Set<ToolChangeListener>();
  readonly #reservedSlugs = new Set<string>();
  #servers = new Map<string, ToolServer>();
  #end: () => void = () => undefined;

  constructor(options: ToolServersOptions) {
    const { storage, secrets, clock, log } = options;
    this.#options = options;
    this.#store = new ToolServerStore(storage, secrets, clock, log);
  }

  async start(): Promise<void> {
    await this.#store.purge().catch((error: unknown) => {
      this.#options.log.warn({ error }, 'Removed tool servers could not be forgotten yet.');
    });
    this.#end = this.#options.storage.onReplaced(async () => {
      // What a backup says was confirmed, nobody confirmed here.
      await this.#store.forgetConfirmations();
      const before = [...this.#servers.values()];
      // An answer that is under way may hold their tools: nothing starts them any more.
      const gone = before.map((old) => old.change({ ...old.stored, isDeleted: true }, async () => undefined));
      await Promise.all(gone);
      await this.#reload();
      await this.#endPermissionsOf(before);
    });
    await this.#reload();
  }

  async stop(): Promise<void> {
    this.#end();
    this.#watchers.clear();
    await this.#stopAll();
  }

  list(): readonly ToolServerView[] {
    return this.#inView().map((server) => server.view());
  }

  onToolChanged(listener: ToolChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the agent's servers. It waits for those only whose tools are not known yet. */
  async toolsFor({ servers }: ToolTerms): Promise<readonly Tool[]> {
    const wanted = this.#inView().filter(({ id, isConfirmed }) => servers.includes(id) && isConfirmed);
    const woken = wanted.map((server) => ({ server, isWoken: server.wake() }));
    await Promise.all(woken.filter(({ server }) => server.tools.length === 0).map(({ isWoken }) => isWoken));
    const usable = wanted.filter((server) => !['failing', 'stopped'].includes(server.view().state.kind));
    return usable.flatMap((server) => server.tools.map((tool) => serverTool(tool, server)));
  }

  readonly handlers: ToolServerHandlers = {
    calls: {
      'toolServers.add': async (draft) => {
        const id = await this.#add(this.#checked(draft));
        this.#tellWatchers();
        return { id };
      },
      'toolServers.update': async ({ id, draft }) => {
        const server = this.#get(id);
        const { name, definition, secrets } = this.#checked(draft);
        const keep = (): Promise<void> => this.#store.update(id, name, definition, secrets);
        await server.change({ ...server.stored, name, definition }, keep);
        this.#tellWatchers();
        return {};
      },
      'toolServers.remove': async ({ id }) => {
        const server = this.#get(id);
        await server.change({ ...server.stored, isDeleted: true }, () => this.#store.setRemoved(id, true));
        await server.endPermissions();
        this.#tellWatchers();
        return {};
      },
      'toolServers.restore': async ({ id }) => {
        const server = this.#servers.get(id);
        if (!server) throw notFound();
        await this.#store.setRemoved(id, false);
        await server.replace({ ...server.stored, isDeleted: false });
        this.#tellWatchers();
        return {};
      },
      'toolServers.preview': (draft) => ({ line: this.#checked(draft).line }),
      'toolServers.readFile': ({ text }) => {
        const known = new Set(this.#inView().map(({ line }) => line));
        return { entries: this.#readFile(text).map((entry) => entryView(entry, known)) };
      },
      'toolServers.import': async ({ text, keys }) => {
        const ids: string[] = [];
        for (const entry of this.#readFile(text)) {
          if (entry.kind === 'server' && keys.includes(entry.key)) ids.push(await this.#add(entry.checked));
        }
        this.#tellWatchers();
        return { ids };
      },
      'toolServers.start': async ({ id, line }) => {
        const server = this.#get(id);
        if (server.line !== line) throw new FailureError({ kind: 'conflict', what: 'tool-server' });
        this.#options.breaker.pass();
        await server.connect();
        return {};
      },
      'toolServers.stop': async ({ id }) => {
        await this.#get(id).stop('stopped');
        return {};
      },
      'toolServers.logs': ({ id }) => ({ lines: this.#get(id).logs() }),
    },
    subscriptions: {
      'toolServers.watch': (_input, sink) => {
        this.#watchers.add(sink);
        sink.next([...this.list()]);
        return () => this.#watchers.delete(sink);
      },
    },
  };

  async #add({ name, definition, secrets }: CheckedDraft): Promise<string> {
    const id = this.#options.ids();
    const taken = [...this.#servers.values()].map(({ stored }) => stored.slug);
    const slug = slugFor(name, new Set([...taken, ...this.#reservedSlugs]));
    // Two that are added at once must not get the same.
    this.#reservedSlugs.add(slug);
    try {
      const server = { id, slug, name, definition };
      await this.#store.insert(server, secrets);
      this.#servers.set(id, this.#made({ ...server, confirmedLine: null, tools: [], isDeleted: false }));
      return id;
    } finally {
      this.#reservedSlugs.delete(slug);
    }
  }

  #readFile(text: string): readonly FileEntry[] {
    return readServersFile(text, (url) => isOwnAddress(url, this.#options.ownPorts()));
  }

  #checked(draft: ToolServerDraft): CheckedDraft {
    return checkDraft(draft, (url) => isOwnAddress(url, this.#options.ownPorts()));
  }

  async #reload(): Promise<void> {
    const stored = await this.#store.all();
    this.#servers = new Map(stored.map((each) => [each.id, this.#made(each)]));
    this.#tellWatchers();
  }

  /** What was allowed of tools is not about those of a backup that are other ones, though the server is called the same. */
  async #endPermissionsOf(before: readonly ToolServer[]): Promise<void> {
    for (const old of before) {
      const now = this.#servers.get(old.id);
      const isSame = now?.line === old.line && JSON.stringify(now.tools) === JSON.stringify(old.tools);
      if (!isSame) await old.endPermissions();
    }
  }

  #made(stored: StoredServer): ToolServer {
    const { version, clock, log, children, limits = defaultServerLimits } = this.#options;
    return new ToolServer(stored, {
      ...{ store: this.#store, version, clock, log, children, limits },
      changed: () => this.#tellWatchers(),
      toolsChanged: async (serverId, toolNames) => {
        const told = [...this.#listeners].flatMap((tell) => toolNames.map((name) => tell(serverId, name)));
        await Promise.all(told);
      },
    });
  }

  #inView(): readonly ToolServer[] {
    return [...this.#servers.values()].filter(({ stored }) => !stored.isDeleted);
  }

  #get(id: string): ToolServer {
    const server = this.#servers.get(id);
    if (!server || server.stored.isDeleted) throw notFound();
    return server;
  }

  async #stopAll(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop('off')));
  }

  #tellWatchers(): void {
    const view = this.list();
    for (const watcher of this.#watchers) watcher.next([...view]);
  }
}

const notFound = (): FailureError => new FailureError({ kind: 'not-found', what: 'tool-server' });

const entryView = (entry: FileEntry, known: ReadonlySet<string>) => {
  if (entry.kind === 'refused') return entry;
  const { name, definition, line } = entry.checked;
  return { kind: 'server' as const, key: entry.key, name, definition, line, isKnown: known.has(line) };
};
