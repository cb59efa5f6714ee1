/** A model file on this computer that the engine may load. */
export interface LocalModelFile {
  /** `[a-z0-9.-]{1,80}` */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  /** The longest context that the model was made for, tokens. */
  readonly contextTokens: number;
  /** `false`: it was moved, deleted or changed since its header was checked, so it must not be loaded. */
  readonly isThere: boolean;
}

/** The model files of this computer that write text: downloaded ones and those that the person named. */
export interface LocalModelFiles {
  list(): readonly LocalModelFile[];
  /** Looks at each file again, so that `list` says how it is now. */
  refresh(): Promise<void>;
  /** Told when the list may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
}

/** How the program that runs local models stands. */
export type EngineState =
  /** Not here yet; `sizeBytes` of what has to be downloaded, `null`: unknown. */
  | { readonly kind: 'absent'; readonly sizeBytes: number | null }
  /** Bytes over all files of the engine; `totalBytes` `null`: unknown. */
  | { readonly kind: 'fetching'; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'ready'; readonly version: string }
  /** `error`: what `install` rejected with; a FailureError where the person can act on it. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Fetches the program that runs local models, only when it is asked to. */
export interface EngineInstaller {
  state(): EngineState;
  /** Told when the state has changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Resolves when it is ready, at once if it is already. Aborting `signal` rejects with its reason. */
  install(signal: AbortSignal): Promise<void>;
  /** Where it goes, absolute, and how much that takes with everything on the way, bytes; `null`: it takes nothing more. */
  room(): { readonly folder: string; readonly neededBytes: number } | null;
}
