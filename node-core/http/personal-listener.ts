import { type Failure, failureOf } from '../api/failures.ts';
import type { HttpNode } from './http-node.ts';
import { createHttpServer } from './http-server.ts';
import { explainListenError } from './listen-refusal.ts';
import { ownAddress } from './own-address.ts';

/** Where a listener answers. */
export interface ListeningAt {
  /** `http://127.0.0.1:6777` */
  readonly address: string;
  readonly port: number;
  /** Why it is another port than the one that was asked for. */
  readonly obstacle: Failure | null;
  close(): Promise<void>;
}

/**
 * Listens. Refuses with `port-taken`, which names who has it and a free one, or with `config-invalid` where the address
 * or the port cannot be had at all.
 */
export async function listenAt(node: HttpNode, host: string, port: number): Promise<ListeningAt> {
  const app = await createHttpServer(node);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw await explainListenError(error, host, port);
  }
  const bound = app.server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    address: `http://${ownAddress(host)}:${boundPort}`,
    port: boundPort,
    obstacle: null,
    close: () => app.close(),
  };
}

/** How often the next free port may be taken by somebody else in the moment before it is used. */
const mostAttempts = 5;

/** As `listenAt`, but where the port is taken it listens on the next free one, and says so. */
export async function listenNear(node: HttpNode, host: string, port: number): Promise<ListeningAt> {
  let obstacle: Failure | null = null;
  let candidate = port;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { ...(await listenAt(node, host, candidate)), obstacle };
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.kind !== 'port-taken' || failure.freePort === null || attempt === mostAttempts) throw error;
      obstacle ??= failure;
      candidate = failure.freePort;
    }
  }
}
