import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import { maxToolServers, type ToolServerDefinition, toolServerDefinitionSchema } from '../../api/mcp-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Secrets } from '../../protocol/ports/host.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ToolServerTable } from '../../storage/tool-server-schema.ts';
import type { GivenSecrets } from './check-draft.ts';
import type { ListedTool } from './listed-tools.ts';

/** A server as it is kept. */
export interface StoredServer {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly definition: ToolServerDefinition;
  /** The line that the person confirmed last; `null`: none. */
  readonly confirmedLine: string | null;
  readonly tools: readonly ListedTool[];
  readonly isDeleted: boolean;
}

const toolsSchema = z.array(
  z.object({
    name: z.string(),
    callName: z.string(),
    description: z.string(),
    inputSchema: z.looseObject({ type: z.literal('object') }),
    saysItOnlyReads: z.boolean(),
    digest: z.string(),
    changedAt: z.number().nullable(),
  }),
);
const secretsSchema = z.record(z.string(), z.string());

/** Servers in the database; the values of their environment and headers among the secrets, one secret for each server. */
export class ToolServerStore {
  readonly #storage: Pick<Storage, 'db'>;
  readonly #secrets: Secrets;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #log: Log;

  constructor(storage: Pick<Storage, 'db'>, secrets: Secrets, clock: Pick<Clock, 'now'>, log: Log) {
    this.#storage = storage;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
  }

  /** Oldest first, removed ones too. A row that cannot be read is left out with one log line. */
  async all(): Promise<readonly StoredServer[]> {
    const rows = await this.#storage.db
      .selectFrom('tool_servers')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.flatMap((row) => {
      const server = fromRow(row);
      if (server) return [server];
      this.#log.warn({ server: row.id }, 'A stored tool server cannot be read and was left out');
      return [];
    });
  }

  /** The values first, so that no server is ever there without them. @throws FailureError `too-many` */
  async insert(
    server: Pick<StoredServer, 'id' | 'slug' | 'name' | 'definition'>,
    secrets: GivenSecrets,
  ): Promise<void> {
    const { id, slug, name, definition } = server;
    const { count } = await this.#storage.db
      .selectFrom('tool_servers')
      .select((one) => one.fn.countAll<number>().as('count'))
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxToolServers) {
      throw new FailureError({ kind: 'too-many', what: 'tool servers', limit: maxToolServers });
    }
    await this.#writeSecrets(id, secrets, {});
    const now = this.#clock.now();
    await this.#storage.db
      .insertInto('tool_servers')
      .values({
        ...{ id, slug, name, definition_json: JSON.stringify(definition), confirmed_line: null, tools_json: '[]' },
        ...{ created_at: now, updated_at: now, deleted_at: null },
      })
      .execute();
  }

  /** Values that are `null` stay as they are kept, those that are not named are forgotten. */
  async update(id: string, name: string, definition: ToolServerDefinition, secrets: GivenSecrets): Promise<void> {
    const needsOld = Object.values(secrets).includes(null);
    await this.#writeSecrets(id, secrets, needsOld ? await this.secretsOf(id) : {});
    await this.#set(id, { name, definition_json: JSON.stringify(definition) });
  }

  async confirm(id: string, line: string): Promise<void> {
    await this.#set(id, { confirmed_line: line });
  }

  /** For a database that came from elsewhere: what it says was confirmed, nobody confirmed here. */
  async forgetConfirmations(): Promise<void> {
    await this.#storage.db.updateTable('tool_servers').set({ confirmed_line: null }).execute();
  }

  async keepTools(id: string, tools: readonly ListedTool[]): Promise<void> {
    await this.#set(id, { tools_json: JSON.stringify(tools) });
  }

  async setRemoved(id: string, isRemoved: boolean): Promise<void> {
    await this.#set(id, { deleted_at: isRemoved ? this.#clock.now() : null });
  }

  /** Forgets removed servers and their values; the values first. */
  async purge(): Promise<void> {
    const removed = (await this.all()).filter((server) => server.isDeleted);
    for (const { id } of removed) {
      await this.#secrets.remove(secretName(id));
      await this.#storage.db.deleteFrom('tool_servers').where('id', '=', id).execute();
    }
  }

  /** The values of a server's environment or headers. @throws FailureError where they cannot be reached */
  async secretsOf(id: string): Promise<Readonly<Record<string, string>>> {
    const text = await this.#secrets.read(secretName(id));
    return text === null ? {} : secretsSchema.parse(JSON.parse(text));
  }

  async #writeSecrets(id: string, given: GivenSecrets, old: Readonly<Record<string, string>>): Promise<void> {
    const values = Object.entries(given).map(([name, value]) => [name, value ?? old[name] ?? ''] as const);
    if (values.length === 0) await this.#secrets.remove(secretName(id));
    else await this.#secrets.write(secretName(id), JSON.stringify(Object.fromEntries(values)));
  }

  async #set(id: string, changes: Partial<ToolServerTable>): Promise<void> {
    await this.#storage.db
      .updateTable('tool_servers')
      .set({ ...changes, updated_at: this.#clock.now() })
      .where('id', '=', id)
      .execute();
  }
}

const secretName = (id: string): string => `tool-server.${id.toLowerCase()}`;

const fromRow = (row: ToolServerTable): StoredServer | null => {
  const definition = toolServerDefinitionSchema.safeParse(parseJson(row.definition_json));
  if (!definition.success) return null;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    definition: definition.data,
    confirmedLine: row.confirmed_line,
    tools: toolsSchema.safeParse(parseJson(row.tools_json)).data ?? [],
    isDeleted: row.deleted_at !== null,
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
