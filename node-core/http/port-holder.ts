import net from 'node:net';
import { z } from 'zod';

const healthSchema = z.object({ name: z.literal('Nunba'), version: z.string().max(40) });
const askTimeoutMs = 1_000;
/** How many ports after the taken one are tried. */
const triedPorts = 50;

/** Who holds a port, as the end of "is taken by ...", or `null` if it does not say. */
export async function askPortHolder(host: string, port: number): Promise<string | null> {
  try {
    const name = net.isIPv6(host) ? `[${host}]` : host;
    const answer = await fetch(`http://${name}:${port}/health`, {
      signal: AbortSignal.timeout(askTimeoutMs),
      redirect: 'error',
    });
    const text = (await answer.text()).slice(0, 1_000);
    const parsed = healthSchema.safeParse(JSON.parse(text));
    return parsed.success ? `another Nunba (${parsed.data.version})` : 'another program';
  } catch {
    return 'another program';
  }
}

/** The first free port after `port` on that address, or `null` if the next ones are taken as well. */
export async function findFreePort(host: string, port: number): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(65_535, port + triedPorts); candidate += 1) {
    if (await isFreePort(host, candidate)) return candidate;
  }
  return null;
}

/** Whether nobody listens on that port of the address. */
export function isFreePort(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
