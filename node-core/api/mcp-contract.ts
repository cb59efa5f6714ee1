import { z } from 'zod';
import { call, done, nothing, subscription } from './call-shapes.ts';
import { importEntrySchema, toolServerDraftSchema, toolServerSchema } from './mcp-views.ts';

const id = z.string().min(1).max(60);
const serversFile = z.string().max(256 * 1024);

/** The share in the contract of servers that offer tools (Model Context Protocol). */
export const mcpCalls = {
  /** Writes the server down; nothing is started. */
  'toolServers.add': call(toolServerDraftSchema, z.object({ id })),
  /** Replaces it and stops it; what it runs now must be confirmed anew if it is another command or address. */
  'toolServers.update': call(z.object({ id, draft: toolServerDraftSchema }), done),
  /** Stops it and takes it out of view; its permissions end. */
  'toolServers.remove': call(z.object({ id }), done),
  /** Brings back one that was removed since the node began, without permissions. */
  'toolServers.restore': call(z.object({ id }), done),
  /** What a server would be, in one line, and nothing else. `invalid-input` as when it is added. */
  'toolServers.preview': call(toolServerDraftSchema, z.object({ line: z.string().max(25_000) })),
  /** Reads a file in the form `{"mcpServers": {...}}`; adds nothing. `import-unreadable` if it is no such file. */
  'toolServers.readFile': call(z.object({ text: serversFile }), z.object({ entries: z.array(importEntrySchema) })),
  /** Adds the named entries of such a file; starts none. */
  'toolServers.import': call(
    z.object({ text: serversFile, keys: z.array(z.string().max(200)).min(1).max(50) }),
    z.object({ ids: z.array(id) }),
  ),
  /**
   * Starts it, or starts it again. `line` is what the person was shown and confirms by this: `conflict` if it is not
   * what would be run. Resolves when it is ready or failing; which of them, its state says.
   */
  'toolServers.start': call(z.object({ id, line: z.string().max(25_000) }), done),
  /** Ends it; it is not started again by itself. */
  'toolServers.stop': call(z.object({ id }), done),
  /** The last lines that it wrote beside the protocol, oldest first. */
  'toolServers.logs': call(z.object({ id }), z.object({ lines: z.array(z.string().max(2000)).max(200) })),
} as const;

export const mcpSubscriptions = {
  'toolServers.watch': subscription(nothing, z.array(toolServerSchema)),
} as const;
