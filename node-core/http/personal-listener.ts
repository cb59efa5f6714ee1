import { FailureError } from '../api/failures.ts';
import type { HttpNode } from './http-node.ts';
import { createHttpServer } from './http-server.ts';
import { askPortHolder, findFreePort } from './port-holder.ts';

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

async function explainListenError(error: unknown, host: string, port: number): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const invalid = (name: string, reason: string): FailureError =>
    new FailureError({ kind: 'config-invalid', name, source: host, reason }, { cause: error });
  switch (code) {
    case 'EADDRINUSE':
      return new FailureError(
        {
          kind: 'port-taken',
          port,
          heldBy: await askPortHolder(host, port),
          freePort: await findFreePort(host, port),
        },
        { cause: error },
      );
    case 'EACCES':
      return invalid('--port', `nobody but the administrator may listen on port ${port}; choose one above 1023`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return invalid('--host', 'this computer has no such address');
    default:
      return error;
  }
}
