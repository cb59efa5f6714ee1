import type { Clock } from './clock.ts';

/** What differs between the shells that carry a node (Electron's utility process, plain Node, a test). */
export interface Host {
  readonly clock: Clock;
  /** `null`: this shell has none; the node then keeps its secrets by other means. */
  readonly keyring: Keyring | null;
  readonly paths: HostPaths;
  /** Shows a folder or file in the system's file manager. Rejects when the machine has no desktop. */
  openPath(path: string): Promise<void>;
  /** Starts a part of the program in a process of its own, which may crash or eat memory without harming this one. */
  fork(program: ForkedProgram, options?: ForkOptions): ForkedChild;
  /** Where somebody reads along (a terminal): told of warnings, in one line each. */
  readonly warn?: (line: string) => void;
}

/** Parts of the program that run in a child of the node; each is an entry beside the node's. */
export type ForkedProgram = 'engine' | 'indexer' | 'reckoner';

/** With what a child is started. */
export interface ForkOptions {
  readonly args?: readonly string[];
  /** All that it gets of an environment, besides what the system itself needs. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Most memory for its JavaScript, MiB; what its native parts take is not counted. */
  readonly memoryMiB?: number;
}

/** A child of the node. It ends when the node does, however that ends. */
export interface ForkedChild {
  /** `undefined` until it runs, and when it could not be started. */
  readonly pid: number | undefined;
  /** A value that can be cloned. What is sent before it runs waits; what is sent after its end is lost. */
  send(message: unknown): void;
  /** What it sends is data from outside. */
  onMessage(listener: (message: unknown) => void): void;
  /** Once; `code` is `null` where a signal ended it or it could not be started. */
  onExit(listener: (exit: { readonly code: number | null }) => void): void;
  /** At once, whatever it is doing. */
  kill(): void;
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
