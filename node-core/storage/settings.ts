import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import { defaultSettings, type Settings, settingsSchema } from '../api/node-views.ts';
import type { Storage } from './storage.ts';

/** Settings stand in the table `settings` under this and their own name. */
const prefix = 'settings.';

/** What the person has set, with defaults for the rest. */
export interface SettingsStore {
  get(): Promise<Settings>;
  /** Durable when it resolves. Fields that are absent or `undefined` stay. */
  update(changes: SettingsChange): Promise<Settings>;
  /** Tells the present settings and then every change. Returns what ends it. */
  watch(listener: (settings: Settings) => void): Promise<() => void>;
  readonly handlers: {
    readonly calls: Pick<CallHandlers, 'settings.update'>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'settings.watch'>;
  };
}

type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** Keeps the settings in the database. A stored value that is not valid (any more) counts as not set. */
export function createSettings(storage: Storage): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();

  const get = async (): Promise<Settings> => {
    const rows = await storage.db.selectFrom('settings').selectAll().where('name', 'like', `${prefix}%`).execute();
    const stored = new Map(rows.map((row) => [row.name.slice(prefix.length), row.value_json]));
    return withStored(stored);
  };
  const publish = async (): Promise<Settings> => {
    const settings = await get();
    for (const listener of listeners) listener(settings);
    return settings;
  };
  const update = async (changes: SettingsChange): Promise<Settings> => {
    const valid = settingsSchema.partial().parse(changes);
    const rows = Object.entries(valid)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ name: `${prefix}${name}`, value_json: JSON.stringify(value) }));
    if (rows.length > 0) {
      await storage.db
        .insertInto('settings')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet((row) => ({ value_json: row.ref('excluded.value_json') })),
        )
        .execute();
    }
    return publish();
  };
  const watch = async (listener: (settings: Settings) => void): Promise<() => void> => {
    listeners.add(listener);
    const settings = await get();
    if (listeners.has(listener)) listener(settings);
    return () => listeners.delete(listener);
  };
  storage.onReplaced(async () => {
    await publish();
  });

  return {
    get,
    update,
    watch,
    handlers: {
      calls: { 'settings.update': update },
      subscriptions: { 'settings.watch': (_, sink) => watch((settings) => sink.next(settings)) },
    },
  };
}

/** Each stored value on its own, so that one bad value does not take the others along. */
function withStored(stored: ReadonlyMap<string, string>): Settings {
  const merged: Record<string, unknown> = { ...defaultSettings };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const parsed = schema.safeParse(parseJson(stored.get(name)));
    if (parsed.success) merged[name] = parsed.data;
  }
  return settingsSchema.parse(merged);
}

const parseJson = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
