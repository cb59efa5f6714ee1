import type { JsonValue } from '../../protocol/json-value.ts';
import {
  defaultToolLimits,
  NothingDone,
  type Tool,
  type ToolContext,
  ToolRefusal,
  type ToolResult,
} from '../tools/tool.ts';
import { plainEntries, plainJson, readResult } from './call-result.ts';
import type { RawResult } from './connection.ts';
import type { ListedTool } from './listed-tools.ts';
import { ServerBusy, ServerUnavailable } from './server-life.ts';

/** The server that a tool belongs to, as the tool needs it. */
export interface ToolServerAccess {
  readonly id: string;
  readonly name: string;
  /** Starts it if need be and calls the tool, unless that is another one by now. @throws ToolChanged and as ServerLife.call */
  call(tool: ListedTool, args: Record<string, unknown>, signal: AbortSignal): Promise<RawResult>;
  /** Why it cannot be used, as a sentence. */
  trouble(): string;
}

/** The tool is not the one any more that was shown. Nothing was called. */
export class ToolChanged extends Error {}

const maxArgumentChars = 200_000;

/** Longest call in ms; the server's own limits are told first. */
const timeMs = 310_000;

/**
 * A tool of a server. Every call is a deed, also where the server says that the tool only reads, because nobody can know
 * that; and it is refused where the tool has become another one since it was shown.
 */
export function serverTool(tool: ListedTool, server: ToolServerAccess): Tool {
  return {
    name: tool.callName,
    description: tool.description,
    inputSchema: tool.inputSchema,
    limits: { ...defaultToolLimits, timeMs, perMinute: 60 },
    isOutside: true,
    async plan(input) {
      const args = await checkedArguments(tool, input);
      return {
        kind: 'deed',
        deed: {
          kind: 'call-server',
          serverId: server.id,
          serverName: server.name,
          toolName: tool.name,
          arguments: args,
        },
        run: (context, notes) => {
          const what = `${tool.name} of ${server.name}`;
          return notes.act({ kind: 'outside', what }, () => callTool({ tool, server, args }, context));
        },
      };
    },
  };
}

type Arguments = { readonly [name: string]: JsonValue };

async function checkedArguments(tool: ListedTool, input: unknown): Promise<Arguments> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ToolRefusal('The arguments are not an object.');
  }
  if (JSON.stringify(input).length > maxArgumentChars) throw new ToolRefusal('The arguments are too long.');
  const args = Object.fromEntries(plainEntries(input).map(([name, value]) => [name, plainJson(value)]));
  const { argumentTrouble } = await import('./check-arguments.ts');
  const trouble = argumentTrouble(tool.inputSchema, args);
  if (trouble !== null) throw new ToolRefusal(`The arguments are wrong. ${trouble}`);
  return args;
}

interface Call {
  readonly tool: ListedTool;
  readonly server: ToolServerAccess;
  readonly args: Arguments;
}

async function callTool({ tool, server, args }: Call, { signal }: ToolContext): Promise<ToolResult> {
  let raw: RawResult;
  try {
    raw = await server.call(tool, args, signal);
  } catch (error) {
    signal.throwIfAborted();
    const isCalled = ![ToolChanged, ServerBusy, ServerUnavailable].some((kind) => error instanceof kind);
    throw new (isCalled ? ToolRefusal : NothingDone)(refusalText(error, server), { cause: error });
  }
  const { isError, value } = readResult(raw);
  if (isError) throw new ToolRefusal(`The tool failed: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return { value, sources: [] };
}

const refusalText = (error: unknown, server: ToolServerAccess): string => {
  if (error instanceof ToolChanged) return 'The tool was changed by its server since it was shown; nothing was called.';
  if (error instanceof ServerBusy) return 'The tool server has too many calls under way. Wait for one of them.';
  if (error instanceof ServerUnavailable) return `The tool server does not run. ${server.trouble()}`;
  if (error instanceof Error && error.name === 'McpError')
    return `The tool server refused: ${error.message.slice(0, 1000)}`;
  if (error instanceof Error && error.name === 'SlowCall') return error.message;
  return `The call came to nothing. ${server.trouble()}`;
};
