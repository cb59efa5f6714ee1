/** A model that makes vectors of texts, so that what means the same can be found. */
export interface EmbeddingModel {
  /** Another one whenever its vectors would be others; vectors of two models cannot be compared. At most 200 characters. */
  readonly identity: string;
  /** For people. */
  readonly name: string;
}

/** Makes vectors of texts (protocol/local/vector.ts) with the model that the person uses for that. */
export interface Embedder {
  /** `null`: none is used, or its file is not here. */
  model(): EmbeddingModel | null;
  /** Whether nothing that goes first wants the computer just now, so that `passages` would be answered. */
  isFree(): boolean;
  /** Told when `model` or `isFree` may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** The vector of a question; `null` where there is no model or the question means nothing to it. Rejects as the engine does. */
  query(text: string, signal: AbortSignal): Promise<Int8Array | null>;
  /**
   * The vectors of the first of these texts: of all, unless something that goes first came in between, or the engine ended at
   * a later one. Empty ones for texts that mean nothing to the model. Rejects as the engine does where it ends at the first.
   */
  passages(texts: readonly string[], signal: AbortSignal): Promise<readonly Int8Array[]>;
}
