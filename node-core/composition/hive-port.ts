import { failureOf } from '../api/failures.ts';
import type { HiveListening } from '../http/hive/hive-listener.ts';
import type { HivePortFact } from '../protocol/node-facts.ts';
import type { Clock } from '../protocol/ports/clock.ts';

/** What the node's hive listener is opened by. */
export interface HivePortParts {
  readonly clock: Pick<Clock, 'now'>;
  /** Opens it; `null`: the configuration asks for none. */
  open(): Promise<HiveListening | null>;
  /** How others reach it, where that is not its own address. */
  readonly publicUrl: string | null;
  /** What is told when it opened, or could not. */
  onChange(): void;
}

/** The node's hive listener, and whether others can reach it. */
export interface HivePort {
  /** Base as others reach it; `null`: it does not listen. */
  address(): string | null;
  fact(): HivePortFact;
  /** Opens it once. Rejects with why it cannot be; the next call tries again. */
  listen(): Promise<void>;
  /** Tries again where it could not be opened. Never rejects: the fact says how it came out. */
  retry(): Promise<void>;
  close(): Promise<void>;
}

export function createHivePort({ clock, open, publicUrl, onChange }: HivePortParts): HivePort {
  let listening: HiveListening | null = null;
  let opening: Promise<void> | null = null;
  let deaf: Extract<HivePortFact, { kind: 'deaf' }> | null = null;
  const address = (): string | null => listening && (publicUrl ?? listening.address);
  const openOnce = async (): Promise<void> => {
    try {
      listening = await open();
      deaf = null;
    } catch (error) {
      opening = null;
      const now = clock.now();
      deaf = { kind: 'deaf', port: takenPort(error), since: deaf?.since ?? now, lookedAt: now };
      throw error;
    } finally {
      onChange();
    }
  };
  const listen = (): Promise<void> => {
    opening ??= openOnce();
    return opening;
  };
  return {
    address,
    fact() {
      const at = address();
      return deaf ?? (at === null ? { kind: 'none' } : { kind: 'open', address: at });
    },
    listen,
    async retry() {
      if (deaf !== null) await listen().catch(() => undefined);
    },
    async close() {
      await opening?.catch(() => undefined);
      await listening?.close();
      listening = null;
    },
  };
}

/** The refusal speaks of the flag; what lies behind it, of the port. */
function takenPort(error: unknown): number | null {
  const failure = error instanceof Error ? failureOf(error.cause) : null;
  return failure?.kind === 'port-taken' ? failure.port : null;
}
