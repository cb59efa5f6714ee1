import type { Kysely } from 'kysely';
import type { CallHandlers } from '../../../api/contract.ts';
import { FailureError } from '../../../api/failures.ts';
import type { PickedFolderView } from '../../../api/hands-views.ts';
import type { Clock } from '../../../protocol/ports/clock.ts';
import type { Schema } from '../../../storage/schema.ts';
import type { Storage } from '../../../storage/storage.ts';
import { isSamePath } from '../disk/file-state.ts';
import { codeOf, type Files } from '../disk/files.ts';
import { isInside, type Root } from '../reach/place-within.ts';
import { browseFolder } from './browse-folder.ts';
import { type FolderSurroundings, folderDefect } from './folder-defect.ts';
import { realFolder, refusedFolder } from './real-folder.ts';
import { rootsOf } from './roots.ts';

/** Most folders of one agent, and of one conversation. */
const maxFolders = 20;

type Owner = PickedFolderView['owner'];
type Row = Schema['picked_folders'];

/** The folders' share of the contract. */
export type FolderHandlers = Pick<CallHandlers, 'folders.browse' | 'folders.add' | 'folders.remove'>;

export interface PickedFoldersOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly files: Files;
  readonly clock: Pick<Clock, 'now'>;
  /** Makes a ULID. */
  readonly ids: () => string;
  readonly agentExists: (id: string) => boolean;
  readonly surroundings: FolderSurroundings;
}

/** The folders that the person lets agents see. */
export class PickedFolders {
  readonly #options: PickedFoldersOptions;
  readonly #listeners = new Set<() => void>();
  #views: readonly PickedFolderView[] = [];
  #endListening: (() => void) | null = null;

  constructor(options: PickedFoldersOptions) {
    this.#options = options;
  }

  /** Reads what was picked before. Once. */
  async start(): Promise<void> {
    const { storage } = this.#options;
    this.#endListening = storage.onReplaced(() => this.refresh());
    await forgetGoneAgents(storage.db);
    await this.refresh();
  }

  stop(): void {
    this.#endListening?.();
    this.#listeners.clear();
  }

  /** All of them, as they were when somebody looked last. */
  list(): readonly PickedFolderView[] {
    return this.#views;
  }

  /** Told when the list is another one; returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks at the database and at the folders anew. */
  async refresh(): Promise<void> {
    const rows = await rowsInView(this.#options.storage.db);
    const views = await Promise.all(rows.map(async (row) => viewOf(row, await this.#isThere(row.path))));
    const isOther = JSON.stringify(views) !== JSON.stringify(this.#views);
    this.#views = views;
    if (isOther) for (const listener of [...this.#listeners]) listener();
  }

  /** What an agent sees in a conversation: its own folders and the conversation's. */
  async rootsFor(agentId: string, conversationId: string): Promise<readonly Root[]> {
    await this.refresh();
    const seen = this.#views.filter(({ owner }) =>
      owner.kind === 'agent' ? owner.agentId === agentId : owner.conversationId === conversationId,
    );
    return rootsOf(seen.map((each) => each.path));
  }

  readonly handlers: FolderHandlers = {
    'folders.browse': ({ path, ending }) => {
      const { files, surroundings } = this.#options;
      return browseFolder(files, path ?? surroundings.home, ending);
    },
    'folders.add': async ({ path, owner }) => {
      const { files, surroundings } = this.#options;
      const real = await realFolder(files, path);
      const defect = folderDefect(real, surroundings);
      if (defect) throw refusedFolder(real, defect);
      await this.#requireOwner(owner);
      const row = await this.#insert(real, owner);
      await this.refresh();
      return viewOf(row, true);
    },
    'folders.remove': async ({ id }) => {
      const { db } = this.#options.storage;
      const { numDeletedRows } = await db.deleteFrom('picked_folders').where('id', '=', id).executeTakeFirst();
      if (numDeletedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'folder' });
      await this.refresh();
      return {};
    },
  };

  /** A folder within one that is picked already changes nothing; one around others takes their place. */
  #insert(path: string, owner: Owner): Promise<Row> {
    const { storage, ids, clock } = this.#options;
    const columns = {
      agent_id: owner.kind === 'agent' ? owner.agentId : null,
      conversation_id: owner.kind === 'chat' ? owner.conversationId : null,
    };
    return storage.db.transaction().execute(async (transaction) => {
      const rows = (await rowsInView(transaction)).filter(
        (row) => row.agent_id === columns.agent_id && row.conversation_id === columns.conversation_id,
      );
      const around = rows.find((row) => isInside(row.path, path));
      if (around) return around;
      const inner = rows.filter((row) => isInside(path, row.path)).map(({ id }) => id);
      if (rows.length - inner.length >= maxFolders) {
        throw new FailureError({ kind: 'too-many', what: 'folders', limit: maxFolders });
      }
      if (inner.length > 0) await transaction.deleteFrom('picked_folders').where('id', 'in', inner).execute();
      const row = { id: ids(), ...columns, path, picked_at: clock.now() };
      await transaction.insertInto('picked_folders').values(row).execute();
      return row;
    });
  }

  async #requireOwner(owner: Owner): Promise<void> {
    const { storage, agentExists } = this.#options;
    if (owner.kind === 'agent') {
      if (!agentExists(owner.agentId)) throw new FailureError({ kind: 'not-found', what: 'agent' });
      return;
    }
    const conversation = await storage.db
      .selectFrom('conversations')
      .select('id')
      .where('id', '=', owner.conversationId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (!conversation) throw new FailureError({ kind: 'not-found', what: 'conversation' });
  }

  async #isThere(path: string): Promise<boolean> {
    const { files } = this.#options;
    try {
      return isSamePath(await realFolder(files, path), path);
    } catch (error) {
      if (error instanceof FailureError || codeOf(error) !== '') return false;
      throw error;
    }
  }
}

/** Without those of conversations that are out of view. */
const rowsInView = (db: Kysely<Schema>): Promise<Row[]> =>
  db
    .selectFrom('picked_folders')
    .selectAll()
    .where(({ or, eb, selectFrom }) =>
      or([
        eb('conversation_id', 'is', null),
        eb('conversation_id', 'in', selectFrom('conversations').select('id').where('deleted_at', 'is', null)),
      ]),
    )
    .orderBy('picked_at')
    .orderBy('id')
    .execute();

/** Agents that the person made are purged some time after they were deleted; nobody else can have their ids. */
async function forgetGoneAgents(db: Kysely<Schema>): Promise<void> {
  await db
    .deleteFrom('picked_folders')
    .where('agent_id', 'like', 'own-%')
    .where('agent_id', 'not in', ({ selectFrom }) => selectFrom('agents').select('id'))
    .execute();
}

function viewOf(row: Row, isThere: boolean): PickedFolderView {
  const owner: Owner =
    row.agent_id === null
      ? { kind: 'chat', conversationId: row.conversation_id ?? '' }
      : { kind: 'agent', agentId: row.agent_id };
  return { id: row.id, path: row.path, owner, isThere };
}
