import { english } from '../../api/english.ts';
import { FailureError } from '../../api/failures.ts';
import type { ServerToolView, ToolServerView } from '../../api/mcp-views.ts';
import { toolServerSentence } from '../../api/tool-server-sentences.ts';
import type { ChildRecords } from '../../platform/child-records.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { serverLine } from './command-line.ts';
import type { RawResult, ServerTarget } from './connection.ts';
import { compareTools, type ListedTool, readTools } from './listed-tools.ts';
import { ServerLife, ServerUnavailable } from './server-life.ts';
import type { ServerLimits } from './server-limits.ts';
import { ToolChanged, type ToolServerAccess } from './server-tool.ts';
import type { StoredServer, ToolServerStore } from './tool-server-store.ts';

/** What a server is made with. */
export interface ToolServerMeans {
  readonly store: ToolServerStore;
  readonly version: string;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly log: Log;
  readonly changed: () => void;
  /** Told of tools that are not any more what a person may have allowed for good. */
  readonly toolsChanged: (serverId: string, toolNames: readonly string[]) => Promise<void>;
}

/** A server that the person added: what is kept of it, and its life. */
export class ToolServer implements ToolServerAccess {
  readonly #means: ToolServerMeans;
  readonly #life: ServerLife;
  #stored: StoredServer;
  #leftOutCount = 0;
  /** What is kept of it is being changed: nothing of it runs until that is done. */
  #isChanging = false;

  constructor(stored: StoredServer, means: ToolServerMeans) {
    const { version, clock, limits, log, children, changed } = means;
    this.#stored = stored;
    this.#means = means;
    this.#life = new ServerLife({
      ...{ id: stored.id, version, clock, limits, log, children, changed },
      target: () => this.#target(),
      listed: (tools, leftOutCount) => this.#takeList(tools, leftOutCount),
    });
  }

  get id(): string {
    return this.#stored.id;
  }

  get name(): string {
    return this.#stored.name;
  }

  get stored(): StoredServer {
    return this.#stored;
  }

  get line(): string {
    return serverLine(this.#stored.definition);
  }

  get isConfirmed(): boolean {
    return this.#stored.confirmedLine === this.line;
  }

  get tools(): readonly ListedTool[] {
    return this.#stored.tools;
  }

  view(): ToolServerView {
    const { id, name, definition, tools } = this.#stored;
    return {
      ...{ id, name, definition, line: this.line, isConfirmed: this.isConfirmed, state: this.#life.state },
      tools: tools.map(toolView),
      leftOutCount: this.#leftOutCount,
    };
  }

  logs(): string[] {
    return this.#life.logs();
  }

  async call(tool: ListedTool, args: Record<string, unknown>, signal: AbortSignal): Promise<RawResult> {
    await this.wake();
    signal.throwIfAborted();
    if (!this.#mayRun) throw new ServerUnavailable();
    const present = this.tools.find(({ name }) => name === tool.name);
    if (present?.digest !== tool.digest) throw new ToolChanged();
    return this.#life.call(tool.name, args, signal);
  }

  trouble(): string {
    const { state } = this.#life;
    if (this.#stored.isDeleted) return 'The person has removed it.';
    if (this.#isChanging) return 'The person is changing it.';
    if (state.kind === 'failing') return english(toolServerSentence(state.trouble));
    if (!this.isConfirmed) return 'The person has not yet confirmed what it runs.';
    return state.kind === 'stopped' ? 'The person has stopped it.' : '';
  }

  /** The person wants it to run, whatever was before. @throws FailureError `conflict` while it is changed */
  async connect(): Promise<void> {
    if (this.#isChanging) throw new FailureError({ kind: 'conflict', what: 'tool-server' });
    await this.#means.store.confirm(this.id, this.line);
    this.#stored = { ...this.#stored, confirmedLine: this.line };
    await this.#life.start(true);
  }

  /** Starts it if the person has confirmed what it runs and nothing speaks against it. */
  async wake(): Promise<void> {
    if (this.#mayRun) await this.#life.start(false);
  }

  stop(then: 'off' | 'stopped'): Promise<void> {
    return this.#life.stop(then);
  }

  /**
   * Ends it, has the change kept and takes it up. Nobody starts it in between: it would run what was before, with the
   * secrets of what comes, and pass for the new one.
   */
  async change(stored: StoredServer, keep: () => Promise<void>): Promise<void> {
    this.#isChanging = true;
    try {
      await this.stop('off');
      await keep();
      await this.replace(stored);
    } finally {
      this.#isChanging = false;
    }
  }

  /** Takes what is kept of it anew. Another line is another server: nothing that was allowed of its tools holds. */
  async replace(stored: StoredServer): Promise<void> {
    const isOther = serverLine(stored.definition) !== this.line;
    this.#stored = stored;
    if (isOther) await this.endPermissions();
  }

  /** Whatever was allowed of its tools for good is to be asked again. */
  endPermissions(): Promise<void> {
    const names = this.tools.map(({ name }) => name);
    return this.#means.toolsChanged(this.id, names);
  }

  get #mayRun(): boolean {
    return this.isConfirmed && !this.#stored.isDeleted && !this.#isChanging;
  }

  async #target(): Promise<ServerTarget> {
    const { id, definition } = this.#stored;
    const secrets = await this.#means.store.secretsOf(id);
    if (definition.kind === 'http') return { kind: 'http', url: definition.url, headers: secrets };
    const { command, args, folder } = definition;
    return { kind: 'stdio', program: { command, args, folder, environment: secrets } };
  }

  async #takeList(given: readonly unknown[], leftOutCount: number): Promise<void> {
    const read = readTools(this.#stored.slug, given);
    const { tools, changed } = compareTools(this.#stored.tools, read.tools, this.#means.clock.now());
    // Permissions end before the new tool can be called under them.
    if (changed.length > 0) await this.#means.toolsChanged(this.id, changed);
    this.#stored = { ...this.#stored, tools };
    this.#leftOutCount = leftOutCount + read.leftOutCount;
    await this.#means.store.keepTools(this.id, tools);
    this.#means.changed();
  }
}

const toolView = ({ name, callName, description, saysItOnlyReads, changedAt }: ListedTool): ServerToolView => ({
  ...{ name, callName, description, saysItOnlyReads, changedAt },
});
