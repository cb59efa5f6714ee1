/** How long the engine may take, and how much may wait for it. */
export interface EngineLimits {
  /** Says nothing at all for this long, while it has work: it hangs, ms. It says every second that it is alive. */
  readonly silentMs: number;
  /** Brings nothing of the answer for this long, though it is alive: it hangs as well, ms. */
  readonly withoutTokenMs: number;
  /** Longest time for a model to load, ms. */
  readonly loadMs: number;
  /** Ends an engine that goes on after it was told to stop, ms. */
  readonly abortMs: number;
  /** Unused for this long it is ended, and its memory is free, ms. */
  readonly idleMs: number;
  /** How often it is looked whether memory is short, ms. */
  readonly memoryLookMs: number;
  /** Requests that may wait while one is answered. */
  readonly mostWaiting: number;
  /** Longest context, tokens. Where memory is short, it becomes shorter by itself. */
  readonly mostContextTokens: number;
  /** `null`: as many threads as the processor has cores for it. */
  readonly threads: number | null;
}

/**
 * Threads for a computer with so many processors. llama.cpp's threads wait for each other by turning in circles, so one more
 * than there are free cores makes all of them slow; and the person wants to work on.
 */
export const threadsFor = (processors: number): number =>
  Math.max(1, processors <= 4 ? processors - 1 : Math.ceil(processors / 2));

/**
 * A long prompt takes minutes on a small computer before its first token comes; a model on a slow disk takes minutes to
 * load. 16,384 tokens hold a chat with tools and files, and take about a gigabyte with a model of three billion weights.
 */
export const defaultEngineLimits: EngineLimits = {
  silentMs: 15_000,
  withoutTokenMs: 10 * 60_000,
  loadMs: 5 * 60_000,
  abortMs: 5_000,
  idleMs: 10 * 60_000,
  memoryLookMs: 15_000,
  mostWaiting: 8,
  mostContextTokens: 16_384,
  threads: null,
};

/** Threads for embeddings: hardly anybody waits for them, and a chat may be answered beside them. */
export const embeddingThreadsFor = (processors: number): number => Math.max(1, Math.floor(processors / 2));

/**
 * A text takes seconds at most, and passages come one after the other for as long as there are any. 1,024 tokens hold
 * nearly every passage of 2,000 characters; what is computed for them at once grows with their number, so it is no more.
 */
export const embeddingEngineLimits: EngineLimits = {
  ...defaultEngineLimits,
  withoutTokenMs: 2 * 60_000,
  idleMs: 2 * 60_000,
  mostContextTokens: 1_024,
};
