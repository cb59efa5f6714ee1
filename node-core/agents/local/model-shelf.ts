import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import type { LocalFileView } from '../../api/local-model-views.ts';
import type { GgufHeader } from '../../protocol/local/gguf/read-gguf.ts';
import type { LocalModelFile, LocalModelFiles } from '../../protocol/ports/local-models.ts';
import type { LocalModelTable } from '../../storage/local-model-schema.ts';
import type { Storage } from '../../storage/storage.ts';
import type { CheckedModelFile } from './read-model-file.ts';

/** Most files that are kept in mind. */
const filesAtMost = 200;

/** A file that is known, and whether it is still there as it was. */
export interface ShelvedFile extends CheckedModelFile {
  readonly id: string;
  readonly name: string;
  readonly source: 'catalogue' | 'person';
  readonly presence: LocalFileView['presence'];
}

const headerSchema: z.ZodType<GgufHeader> = z.object({
  architecture: z.string(),
  name: z.string().nullable(),
  contextTokens: z.number(),
  quantisation: z.string().nullable(),
  hasChatTemplate: z.boolean(),
  parameters: z.number(),
  cacheBytesPerToken: z.number(),
  // Rows of before know of none: such files were refused.
  dimensions: z.number().nullable().default(null),
});

/** The model files that are known on this computer. */
export class ModelShelf implements LocalModelFiles {
  readonly #storage: Pick<Storage, 'db'>;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #files: readonly ShelvedFile[] = [];
  #looking: Promise<void> = Promise.resolve();

  /** @param now ms since the epoch */
  constructor(storage: Pick<Storage, 'db'>, now: () => number) {
    this.#storage = storage;
    this.#now = now;
  }

  get files(): readonly ShelvedFile[] {
    return this.#files;
  }

  list(): readonly LocalModelFile[] {
    return this.#files.filter((file) => !makesEmbeddings(file)).map(loadable);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Reads what is known and looks at each file; tells of a change. One after the other, so that the newest look counts. */
  refresh(): Promise<void> {
    const look = this.#looking.then(() => this.#look());
    this.#looking = look.catch(() => undefined);
    return look;
  }

  async #look(): Promise<void> {
    const rows = await this.#storage.db.selectFrom('local_models').selectAll().orderBy('added_at').execute();
    const files = await Promise.all(rows.map(shelved));
    const next = files.filter((file) => file !== null);
    if (JSON.stringify(next) === JSON.stringify(this.#files)) return;
    this.#files = next;
    for (const listener of this.#listeners) listener();
  }

  /** Keeps a file in mind; one that is known by its path is known anew. */
  async put(file: CheckedModelFile, as: Pick<ShelvedFile, 'id' | 'name' | 'source'>): Promise<void> {
    if (this.#files.length >= filesAtMost)
      throw new FailureError({ kind: 'too-many', what: 'model files', limit: filesAtMost });
    const row = {
      ...as,
      path: file.path,
      size_bytes: file.sizeBytes,
      modified_at: file.modifiedAt,
      header_json: JSON.stringify(file.header),
      added_at: this.#now(),
    };
    await this.#storage.db.transaction().execute(async (db) => {
      await db
        .deleteFrom('local_models')
        .where((where) => where.or([where('id', '=', as.id), where('path', '=', file.path)]))
        .execute();
      await db.insertInto('local_models').values(row).execute();
    });
    await this.refresh();
  }

  /** Forgets a file; a downloaded one is deleted. Rejects with `not-found`, or `folder-unusable` if it cannot be deleted. */
  async remove(id: string): Promise<void> {
    const file = this.#files.find((each) => each.id === id);
    if (file === undefined) throw new FailureError({ kind: 'not-found', what: 'model' });
    // Rows also come from backups: whatever they say, nothing is deleted but what a download has put there.
    if (file.source === 'catalogue' && path.basename(file.path) === downloadName(id)) {
      // Windows lets go of it a moment after the engine has ended.
      await fs.rm(file.path, { force: true, maxRetries: 5, retryDelay: 100 }).catch((error: unknown) => {
        const folder = path.dirname(file.path).slice(0, 2000);
        throw new FailureError(
          { kind: 'folder-unusable', path: folder, reason: 'the file is in use' },
          { cause: error },
        );
      });
    }
    await this.#storage.db.deleteFrom('local_models').where('id', '=', id).execute();
    await this.refresh();
  }
}

/** Whether it makes vectors of texts; such a one writes none. */
export const makesEmbeddings = ({ header }: Pick<ShelvedFile, 'header'>): boolean => header.dimensions !== null;

/** A file as the engine takes it. */
export const loadable = ({ id, name, path, sizeBytes, header, presence }: ShelvedFile): LocalModelFile => ({
  id,
  name,
  path,
  sizeBytes,
  contextTokens: header.contextTokens,
  isThere: presence === 'here',
});

/** The name of a file that is downloaded. */
export const downloadName = (id: string): string => `${id}.gguf`;

/** The id of a file that the person named: people read it wherever a model is chosen, so it begins as the file does. */
export function idOfPath(file: string): string {
  const words = path
    .basename(file, path.extname(file))
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-');
  const begin = words.replaceAll(/^[-.]+|[-.]+$/g, '').slice(0, 60) || 'file';
  return `${begin}-${createHash('sha256').update(file).digest('hex').slice(0, 8)}`;
}

async function shelved(row: LocalModelTable): Promise<ShelvedFile | null> {
  const header = readHeader(row.header_json);
  if (header === null) return null;
  const { id, name, source } = row;
  const file = { id, name, source, path: row.path, sizeBytes: row.size_bytes, modifiedAt: row.modified_at, header };
  return { ...file, presence: await presenceOf(row) };
}

async function presenceOf(row: LocalModelTable): Promise<ShelvedFile['presence']> {
  const stat = await fs.stat(row.path).catch(() => null);
  if (!stat?.isFile()) return 'gone';
  return stat.size === row.size_bytes && Math.floor(stat.mtimeMs) === row.modified_at ? 'here' : 'changed';
}

function readHeader(json: string): GgufHeader | null {
  try {
    return headerSchema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
