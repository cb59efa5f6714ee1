import type { ShellSettingsValue } from './settings-schema.ts';

/** What a change of the settings may be; what it does not name stays. */
export type ShellSettingsChange = {
  readonly [Name in Exclude<keyof ShellSettingsValue, 'version'>]?: ShellSettingsValue[Name] | undefined;
};

/** The settings of the desktop shell, as one value that everybody in the main process watches. */
export class ShellSettings {
  #value: ShellSettingsValue;
  readonly #save: (value: ShellSettingsValue) => void;
  readonly #watchers = new Set<(value: ShellSettingsValue) => void>();

  /** @param save writes the value; throws a FailureError where it cannot */
  constructor(first: ShellSettingsValue, save: (value: ShellSettingsValue) => void) {
    this.#value = first;
    this.#save = save;
  }

  get(): ShellSettingsValue {
    return this.#value;
  }

  /** Saves a change and tells everybody. Throws a FailureError, with everything as it was, where it cannot be saved. */
  update(change: ShellSettingsChange): void {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next: ShellSettingsValue = { ...this.#value, ...given };
    if (JSON.stringify(next) === JSON.stringify(this.#value)) return;
    this.#save(next);
    this.#value = next;
    for (const watcher of [...this.#watchers]) watcher(next);
  }

  /** As `update`, for what nobody asked for just now: a change that cannot be saved is told to the log alone. */
  remember(change: ShellSettingsChange): void {
    try {
      this.update(change);
    } catch (error) {
      console.error('The settings of the desktop app could not be saved:', error);
    }
  }

  /** Tells the present settings at once and every later change. Returns what ends that. */
  watch(watcher: (value: ShellSettingsValue) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#value);
    return () => this.#watchers.delete(watcher);
  }
}
