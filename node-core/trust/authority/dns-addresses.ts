import { Resolver } from 'node:dns/promises';

/** Looks up the addresses of a DNS name; empty when it has none. Rejects when nobody answers. */
export type ResolveName = (fqdn: string, signal: AbortSignal) => Promise<readonly string[]>;

/** Codes of a name that is there but has no address of the family, and of one that is not there. */
const empty = new Set(['ENODATA', 'ENOTFOUND']);

/**
 * Asks DNS itself, never the hosts file.
 * @param server `HOST:PORT` or `HOST` (IP address) to ask; `null`: the system's
 */
export function createDnsResolver(server: string | null): ResolveName {
  return async (fqdn, signal) => {
    // One for each look-up: cancelling ends everything that a resolver asks.
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (server !== null) resolver.setServers([server]);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const none = (error: unknown): readonly string[] => {
      if (error instanceof Error && 'code' in error && empty.has(String(error.code))) return [];
      throw error;
    };
    try {
      const [four, six] = await Promise.all([resolver.resolve4(fqdn).catch(none), resolver.resolve6(fqdn).catch(none)]);
      return [...four, ...six];
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}
