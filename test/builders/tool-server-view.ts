import type { ServerToolView, ToolServerView } from '../../node-core/api/mcp-views.ts';

/** A tool as its server lists it. */
export const aServerTool = (changes: Partial<ServerToolView> = {}): ServerToolView => ({
  name: 'echo',
  callName: 'weather__echo',
  description: 'Says it again.',
  saysItOnlyReads: false,
  changedAt: null,
  ...changes,
});

/** A server that is connected. */
export const aToolServer = (changes: Partial<ToolServerView> = {}): ToolServerView => ({
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  name: 'Weather',
  definition: { kind: 'stdio', command: 'npx', args: ['weather'], folder: null, environmentNames: ['TOKEN'] },
  line: 'TOKEN=••• npx weather',
  isConfirmed: true,
  state: {
    kind: 'ready',
    since: Date.now(),
    serverName: 'weather',
    serverVersion: '2.0',
    protocolVersion: '2025-06-18',
  },
  tools: [aServerTool()],
  leftOutCount: 0,
  ...changes,
});
