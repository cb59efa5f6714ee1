import type { HttpNode } from './http-node.ts';
import { createHttpServer } from './http-server.ts';
import { explainListenError } from './listen-refusal.ts';

/** Where a listener answers. */
export interface ListeningAt {
  /** `http://127.0.0.1:6777` */
  readonly address: string;
  readonly port: number;
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
  return { address: `http://${nameFor(host)}:${boundPort}`, port: boundPort, close: () => app.close() };
}

/** How this computer itself reaches a listener: "all addresses" is no address. */
function nameFor(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
