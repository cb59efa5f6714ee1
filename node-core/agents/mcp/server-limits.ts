/** How much a server of tools may take, and how long. Times in ms. */
export interface ServerLimits {
  /** From the start to the end of the handshake. */
  readonly initializeMs: number;
  /** Longest silence of one call; a sign of progress begins it anew. */
  readonly callMs: number;
  /** Longest call, whatever its progress. */
  readonly callTotalMs: number;
  /** A server at rest is asked so often whether it is still there … */
  readonly pingEveryMs: number;
  /** … and answers within this time, or counts as hung. */
  readonly pingMs: number;
  /** Without a call for so long, it is ended; it is started again when it is needed. */
  readonly idleMs: number;
  /** Wait before the first start after a crash; doubled for each one after it. */
  readonly retryMs: number;
  /** Starts after a crash, before somebody has to connect it again. */
  readonly retries: number;
  /** One that ran so long without trouble begins the count of retries anew. */
  readonly provenMs: number;
  /** Between two looks at its list of tools, however often it says that this has changed. */
  readonly relistMs: number;
  /** Calls under way at once; more are refused. */
  readonly callsAtOnce: number;
  readonly messageBytes: number;
  /** Output that is no message, over one run. */
  readonly garbageBytes: number;
  /** Messages within ten seconds. */
  readonly messagesPer10s: number;
}

export const defaultServerLimits: ServerLimits = {
  initializeMs: 10_000,
  callMs: 60_000,
  callTotalMs: 300_000,
  pingEveryMs: 30_000,
  pingMs: 5_000,
  idleMs: 10 * 60_000,
  retryMs: 1_000,
  retries: 4,
  provenMs: 60_000,
  relistMs: 1_000,
  callsAtOnce: 8,
  messageBytes: 4 * 1024 * 1024,
  garbageBytes: 256 * 1024,
  messagesPer10s: 5_000,
};

/** Most tools of one server that are used. */
export const maxToolsPerServer = 200;
