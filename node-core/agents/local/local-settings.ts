import path from 'node:path';
import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import { readProxy } from '../../protocol/local/choose-proxy.ts';
import { readMirror } from '../../protocol/local/mirror-address.ts';
import type { Storage } from '../../storage/storage.ts';

const localSettingsSchema = z.object({
  folder: z.string().max(4096).nullable().catch(null),
  mirror: z.string().max(500).nullable().catch(null),
  proxy: z.string().max(500).nullable().catch(null),
  /** Id of the file that searches by meaning; `null`: none does. */
  embeddingModel: z.string().max(80).nullable().catch(null),
});
/** What the person has set for local models; `null`: the usual. */
export type LocalSettings = z.infer<typeof localSettingsSchema>;

/** In the table `settings`. */
const rowName = 'localModels';

export async function readLocalSettings({ db }: Pick<Storage, 'db'>): Promise<LocalSettings> {
  const row = await db.selectFrom('settings').selectAll().where('name', '=', rowName).executeTakeFirst();
  const usual: LocalSettings = { folder: null, mirror: null, proxy: null, embeddingModel: null };
  try {
    return localSettingsSchema.parse(row === undefined ? usual : JSON.parse(row.value_json));
  } catch {
    return usual;
  }
}

/** Durable when it resolves. */
export async function writeLocalSettings({ db }: Pick<Storage, 'db'>, settings: LocalSettings): Promise<void> {
  const row = { name: rowName, value_json: JSON.stringify(settings) };
  await db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value_json: row.value_json }))
    .execute();
}

const wrong = (field: string, reason: string): FailureError =>
  new FailureError({ kind: 'invalid-input', field, reason });

/** The changed settings; empty texts are `null`. @throws FailureError `invalid-input` */
export function changeLocalSettings(
  settings: LocalSettings,
  changes: { readonly [Name in keyof LocalSettings]?: LocalSettings[Name] | undefined },
): LocalSettings {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const next = { ...settings, ...Object.fromEntries(given.map(([name, value]) => [name, value || null])) };
  const { folder, mirror, proxy, embeddingModel } = localSettingsSchema.parse(next);
  if (folder !== null && !path.isAbsolute(folder)) throw wrong('the folder', 'not a whole path');
  if (mirror !== null && readMirror(mirror) === null) throw wrong('the mirror', 'no http or https address');
  const proxyUrl = proxy === null ? null : readProxy(proxy);
  if (proxy !== null && proxyUrl === null) throw wrong('the proxy', 'no http or https address');
  // Settings go into backups, where no password belongs.
  if (proxyUrl !== null && proxyUrl.username !== '') {
    throw wrong('the proxy', 'with a name or password, which belong into the variable HTTPS_PROXY');
  }
  return { folder: folder === null ? null : path.normalize(folder), mirror, proxy, embeddingModel };
}
