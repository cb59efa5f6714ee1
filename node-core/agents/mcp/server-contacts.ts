import type { ToolServerView } from '../../api/mcp-views.ts';
import { locateHost } from '../../protocol/location.ts';
import type { Contact } from '../models/contacts.ts';

/** The hosts of tool servers that are asked over the network. What a server that runs here contacts, nobody can know. Pure. */
export function serverContacts(servers: readonly Pick<ToolServerView, 'name' | 'definition'>[]): Contact[] {
  return servers.flatMap(({ name, definition }) => {
    if (definition.kind !== 'http') return [];
    const { host, hostname } = new URL(definition.url);
    return [{ host, purpose: 'tool-server' as const, name, location: locateHost(hostname).kind }];
  });
}
