import { z } from 'zod';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Secrets } from '../../protocol/ports/host.ts';
import type { ProviderTable } from '../../storage/schema.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ProviderKind } from './base-url.ts';
import { keySecret, type Provider } from './provider.ts';

/** The parts of a provider that are stored. */
export type StoredProvider = Pick<Provider, 'id' | 'name' | 'url' | 'trustedCertificate' | 'models'> & {
  readonly kind: ProviderKind;
  readonly source: 'person' | 'found';
};

const modelsSchema = z.array(z.string()).catch([]);
const chosenName = 'models.chosen';

/** Providers in the database, their keys among the secrets, and the ref of the chosen model. */
export class ProviderStore {
  readonly #storage: Pick<Storage, 'db'>;
  readonly #secrets: Secrets;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(storage: Pick<Storage, 'db'>, secrets: Secrets, clock: Pick<Clock, 'now'>) {
    this.#storage = storage;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /** Oldest first. */
  async all(): Promise<readonly StoredProvider[]> {
    const rows = await this.#storage.db
      .selectFrom('providers')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(fromRow).filter((provider) => URL.canParse(provider.url));
  }

  async insert(provider: StoredProvider): Promise<void> {
    const now = this.#clock.now();
    await this.#storage.db
      .insertInto('providers')
      .values({ ...toRow(provider), created_at: now, updated_at: now })
      .execute();
  }

  async update(provider: StoredProvider): Promise<void> {
    const { id, ...columns } = toRow(provider);
    await this.#storage.db
      .updateTable('providers')
      .set({ ...columns, updated_at: this.#clock.now() })
      .where('id', '=', id)
      .execute();
  }

  /** Forgets the key, too; the key first, so that none is ever left without its provider. */
  async remove(id: string): Promise<void> {
    await this.#secrets.remove(keySecret(id));
    await this.#storage.db.deleteFrom('providers').where('id', '=', id).execute();
  }

  /** Throws a FailureError if the key is there but cannot be read. */
  readKey(id: string): Promise<string | null> {
    return this.#secrets.read(keySecret(id));
  }

  /** `null` or empty: none any more. */
  async writeKey(id: string, key: string | null): Promise<void> {
    if (key === null || key === '') await this.#secrets.remove(keySecret(id));
    else await this.#secrets.write(keySecret(id), key);
  }

  /** The model that the person chose as default. */
  async chosen(): Promise<string | null> {
    const row = await this.#storage.db
      .selectFrom('settings')
      .select('value_json')
      .where('name', '=', chosenName)
      .executeTakeFirst();
    return row === undefined ? null : z.string().nullable().catch(null).parse(parseJson(row.value_json));
  }

  async choose(ref: string | null): Promise<void> {
    const value_json = JSON.stringify(ref);
    await this.#storage.db
      .insertInto('settings')
      .values({ name: chosenName, value_json })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value_json }))
      .execute();
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const fromRow = (row: ProviderTable): StoredProvider => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  url: row.url,
  source: row.source,
  trustedCertificate: row.trusted_certificate,
  models: modelsSchema.parse(parseJson(row.models_json)),
});

const toRow = (provider: StoredProvider): Omit<ProviderTable, 'created_at' | 'updated_at'> => ({
  id: provider.id,
  kind: provider.kind,
  name: provider.name,
  url: provider.url,
  source: provider.source,
  trusted_certificate: provider.trustedCertificate,
  models_json: JSON.stringify(provider.models),
});
