import type { Clock } from './clock.ts';

/** What differs between the shells that carry a node (Electron's utility process, plain Node, a test). */
export interface Host {
  readonly clock: Clock;
  /** `null`: this shell has none; the node then keeps its secrets by other means. */
  readonly keyring: Keyring | null;
  readonly paths: HostPaths;
  /** Shows a folder or file in the system's file manager. Rejects when the machine has no desktop. */
  openPath(path: string): Promise<void>;
  /** Where somebody reads along (a terminal): told of warnings, in one line each. */
  readonly warn?: (line: string) => void;
}

/** Absolute paths that the shell knows. */
export interface HostPaths {
  /** Read-only files that come with the program: `agents/`, `help/`. */
  readonly resources: string;
  /** The built page, or `null` where this shell has none to serve. */
  readonly page: string | null;
}

/**
 * Keeps secrets (provider keys, tokens) out of the database, settings, backups, exports and logs.
 * Names are `[a-z0-9.-]{1,80}`.
 */
export interface Secrets {
  /** The secret, or `null` if none of that name is kept. Throws a FailureError if it is there but cannot be read. */
  read(name: string): Promise<string | null>;
  /** Durable when it resolves; replaces. */
  write(name: string, value: string): Promise<void>;
  /** Resolves also when there was none. */
  remove(name: string): Promise<void>;
}

/** What the system keeps a key in for one person: Keychain, GNOME Keyring, KWallet, Windows Data Protection. */
export interface Keyring {
  /** What there is at present. */
  state(): Promise<KeyringState>;
  /** Seals a text so that only this keyring opens it. Rejects if it cannot. */
  seal(text: string): Promise<string>;
  /** Rejects if this keyring cannot open it. */
  unseal(sealed: string): Promise<string>;
}

export interface KeyringState {
  /** As Electron names it: `gnome_libsecret`, `kwallet6`, `keychain`, `dpapi`, `basic_text`, `unknown`. */
  readonly backend: string;
  /** `false`: it would seal with nothing, or with a key that everybody knows. */
  readonly isUsable: boolean;
}
