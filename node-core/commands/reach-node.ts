import type { Client } from '../api/client.ts';
import { createClient } from '../api/client.ts';
import { webSocketChannel } from '../api/web-socket-channel.ts';
import type { DecidedConfig } from '../config/decide-config.ts';
import { type Flags, readConfig, toNodeConfig } from '../config/read-config.ts';
import { placesIn } from '../platform/data-folder.ts';
import { type Endpoint, readEndpoint } from '../platform/endpoint-file.ts';
import { openNodeSocket } from './open-node-socket.ts';
import type { Surroundings } from './surroundings.ts';

const connectTimeoutMs = 3_000;

/** A node that a command speaks with. */
export interface ReachedNode {
  readonly client: Client;
  readonly config: DecidedConfig;
  /** It runs in a process of its own; `false`: this command has opened the folder itself. */
  readonly isRunning: boolean;
}

/**
 * Speaks with the node that runs in the data folder; if none runs, opens the folder in this process for as long as
 * `work` takes.
 */
export async function withNode<T>(
  surroundings: Surroundings,
  flags: Flags,
  work: (node: ReachedNode) => Promise<T>,
): Promise<T> {
  const config = readConfig(flags, surroundings.environment, surroundings.program);
  const running = await connectRunning(config.values.dataFolder);
  if (running) return work({ client: running, config, isRunning: true }).finally(() => running.close());

  const { createNode } = await import('../node.ts');
  const { createPlainHost } = await import('../platform/plain-host.ts');
  const { program } = surroundings;
  const node = await createNode(toNodeConfig(config, program), createPlainHost(program));
  try {
    return await work({ client: await node.client(), config, isRunning: false });
  } finally {
    await node.stop();
  }
}

/** A client of the node that runs in the folder, or `null` if none answers. */
export async function connectRunning(dataFolder: string): Promise<Client | null> {
  const endpoint = readEndpoint(placesIn(dataFolder).run);
  if (endpoint?.address == null) return null;
  const headers = { authorization: `Bearer ${endpoint.token}` };
  const socket = await openNodeSocket(endpoint.address, headers, connectTimeoutMs);
  return socket && createClient(webSocketChannel(socket));
}

/** A one-time token for a page of the running node, or `null` if it does not answer. */
export async function askPageToken(endpoint: Endpoint): Promise<string | null> {
  if (endpoint.address === null) return null;
  try {
    const answer = await fetch(`${endpoint.address}/page-token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint.token}` },
      signal: AbortSignal.timeout(connectTimeoutMs),
    });
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string'
      ? body.token
      : null;
  } catch {
    return null;
  }
}
