import { once } from 'node:events';
import net from 'node:net';
import { FailureError } from '../api/failures.ts';
import { askPortHolder, findFreePort } from './port-holder.ts';

/**
 * Listens for a moment and answers nobody. Refuses as the listener itself would, so that a first start that cannot
 * listen leaves no data folder behind.
 */
export async function tryPort(host: string, port: number): Promise<void> {
  const server = net.createServer((socket) => socket.destroy());
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw await explainListenError(error, host, port);
  }
  server.close();
  await once(server, 'close');
}

/** What the person can do about an error of listening: `port-taken`, `config-invalid`, or the error itself. */
export async function explainListenError(error: unknown, host: string, port: number): Promise<unknown> {
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
