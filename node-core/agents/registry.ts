import type { AgentView } from '../api/agent-views.ts';
import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import { defaultSettings } from '../api/node-views.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import type { AgentFile } from './agent-file.ts';
import { loadAgentFiles } from './load-agent-files.ts';
import {
  deleteOwnAgent,
  insertOwnAgent,
  type OwnAgent,
  purgeOwnAgents,
  readOwnAgents,
  restoreOwnAgent,
  updateOwnAgent,
} from './own-agents.ts';

/** Every agent of this node: those that come with Nunba and those that the person made. */
export interface Registry {
  /**
   * The agent of that id. Also one that the person deleted, so that its conversations can go on with it; `null` for
   * one that never was here, or whose file is damaged.
   */
  find(id: string): AgentView | null;
  /** Whether it can be chosen: it is here and not deleted. */
  exists(id: string): boolean;
  /** The agent of new conversations: the one in the settings, or the first if that is gone. */
  defaultId(): string;
  /** Those that can be chosen: Nunba's own by position, then the person's, oldest first. */
  all(): readonly AgentView[];
  readonly handlers: AgentHandlers;
  /** Ends what it listens to. */
  stop(): void;
}

type AgentCall = 'agents.create' | 'agents.update' | 'agents.delete' | 'agents.restore';

/** The registry's share of the contract. */
export interface AgentHandlers {
  readonly calls: Pick<CallHandlers, AgentCall>;
  readonly subscriptions: Pick<SubscriptionHandlers, 'agents.watch'>;
}

export interface RegistryOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  /** Folder of agent files, `resources/agents`. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Makes a ULID. */
  readonly ids: () => string;
  readonly log: Log;
  /** Says which agent is the default. */
  readonly settings: Pick<SettingsStore, 'watch'>;
}

/** Reads agents from their files and from the database. */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const registry = new AgentRegistry(options, await loadAgentFiles(options.folder, options.log));
  await registry.start();
  return registry;
}

class AgentRegistry implements Registry {
  readonly #options: RegistryOptions;
  readonly #shipped: readonly AgentFile[];
  readonly #watchers = new Set<(agents: AgentView[]) => void>();
  #own: readonly OwnAgent[] = [];
  #chosenDefault: string = defaultSettings.defaultAgentId;
  readonly #ends: (() => void)[] = [];

  constructor(options: RegistryOptions, shipped: readonly AgentFile[]) {
    this.#options = options;
    this.#shipped = shipped;
  }

  async start(): Promise<void> {
    const { storage, settings, clock } = this.#options;
    await purgeOwnAgents(storage.db, clock.now());
    await this.#reload();
    this.#ends.push(storage.onReplaced(() => this.#reload()));
    this.#ends.push(await settings.watch(({ defaultAgentId }) => this.#chooseDefault(defaultAgentId)));
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#watchers.clear();
  }

  find(id: string): AgentView | null {
    return this.#everything().find((agent) => agent.id === id) ?? null;
  }

  exists(id: string): boolean {
    return this.all().some((agent) => agent.id === id);
  }

  defaultId(): string {
    const ids = [...this.#shipped.map(({ agent }) => agent.id), ...this.#ownInView().map(({ id }) => id)];
    return ids.includes(this.#chosenDefault) ? this.#chosenDefault : (ids[0] ?? this.#chosenDefault);
  }

  all(): readonly AgentView[] {
    const inView = new Set(this.#ownInView().map(({ id }) => id));
    return this.#everything().filter((agent) => agent.source === 'shipped' || inView.has(agent.id));
  }

  readonly handlers: AgentHandlers = {
    calls: {
      'agents.create': async (draft) => {
        const id = `own-${this.#options.ids().toLowerCase()}`;
        await insertOwnAgent(this.#options.storage.db, id, draft, this.#options.clock.now());
        return this.#changed(id);
      },
      'agents.update': async ({ id, draft }) => {
        this.#requireOwn(id);
        await updateOwnAgent(this.#options.storage.db, id, draft, this.#options.clock.now());
        return this.#changed(id);
      },
      'agents.delete': async ({ id }) => {
        this.#requireOwn(id);
        await deleteOwnAgent(this.#options.storage.db, id, this.#options.clock.now());
        await this.#reload();
        return {};
      },
      'agents.restore': async ({ id }) => {
        this.#requireOwn(id);
        await restoreOwnAgent(this.#options.storage.db, id);
        return this.#changed(id);
      },
    },
    subscriptions: {
      'agents.watch': (_input, sink) => {
        const tell = (agents: AgentView[]): void => sink.next(agents);
        this.#watchers.add(tell);
        tell([...this.all()]);
        return () => this.#watchers.delete(tell);
      },
    },
  };

  #everything(): readonly AgentView[] {
    const defaultId = this.defaultId();
    const shipped = this.#shipped.map(({ agent }) => agent);
    return [...shipped, ...this.#own.map(viewOf)].map((agent) => ({ ...agent, isDefault: agent.id === defaultId }));
  }

  #ownInView(): readonly OwnAgent[] {
    return this.#own.filter(({ isDeleted }) => !isDeleted);
  }

  #requireOwn(id: string): void {
    const shipped = this.#shipped.find(({ agent }) => agent.id === id);
    if (!shipped) return;
    throw new FailureError({ kind: 'set-elsewhere', name: `The agent ${shipped.agent.name}`, source: 'Nunba itself' });
  }

  async #changed(id: string): Promise<AgentView> {
    await this.#reload();
    const agent = this.find(id);
    if (!agent) throw new FailureError({ kind: 'not-found', what: 'agent' });
    return agent;
  }

  async #reload(): Promise<void> {
    this.#own = await readOwnAgents(this.#options.storage.db, this.#options.log);
    this.#tellWatchers();
  }

  #chooseDefault(id: string): void {
    this.#chosenDefault = id;
    this.#tellWatchers();
  }

  #tellWatchers(): void {
    const agents = this.all();
    for (const tell of this.#watchers) tell([...agents]);
  }
}

const viewOf = ({ id, draft }: OwnAgent): AgentView => ({
  ...draft,
  id,
  source: 'person',
  engine: 'model',
  leaves: 'nothing',
  isDefault: false,
});
