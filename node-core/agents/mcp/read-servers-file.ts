import { z } from 'zod';
import { FailureError, failureOf } from '../../api/failures.ts';
import { type ToolServerDraft, toolServerDraftSchema } from '../../api/mcp-views.ts';
import { type CheckedDraft, checkDraft } from './check-draft.ts';

/** One entry of a file of servers. */
export type FileEntry =
  | { readonly kind: 'server'; readonly key: string; readonly draft: ToolServerDraft; readonly checked: CheckedDraft }
  | { readonly kind: 'refused'; readonly key: string; readonly reason: string };

const maxEntries = 50;

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({});
const programSchema = z.lazy(() =>
  z.looseObject({
    type: z.enum(['stdio']).optional(),
    command: z.string(),
    args: z.array(z.string()).default([]),
    cwd: z.string().nullish(),
    env: values,
  }),
);
const addressSchema = z.lazy(() =>
  z.looseObject({
    type: z.enum(['http', 'streamable-http', 'streamableHttp']).optional(),
    url: z.string(),
    headers: values,
  }),
);

/**
 * Reads the form that other programs keep their servers in: `{"mcpServers": {name: {command, args, env} | {url, headers}}}`
 * (also `servers`, or the inner object alone). Each entry that cannot be used says why. @throws FailureError
 * `import-unreadable`
 */
export function readServersFile(text: string, isOwnAddress: (url: URL) => boolean): readonly FileEntry[] {
  const entries = Object.entries(serversIn(text));
  if (entries.length === 0) throw unreadable('there is no server in it.');
  if (entries.length > maxEntries) throw unreadable(`it holds more than ${maxEntries} servers.`);
  return entries.map(([name, value]) => readEntry(name.slice(0, 200), value, isOwnAddress));
}

function serversIn(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new FailureError(
      {
        kind: 'import-unreadable',
        reason:
          'it is not a file of servers as other programs keep them. Copy the whole file, from its first to its last curly bracket.',
      },
      { cause: error },
    );
  }
  const whole = recordSchema.safeParse(parsed).data;
  if (!whole) throw unreadable('it is not a list of servers.');
  const inner = recordSchema.safeParse(whole.mcpServers ?? whole.servers ?? whole).data;
  if (!inner) throw unreadable('“mcpServers” in it is not a list of servers.');
  return inner;
}

const recordSchema = z.record(z.string(), z.unknown());

function readEntry(key: string, value: unknown, isOwnAddress: (url: URL) => boolean): FileEntry {
  const refused = (reason: string): FileEntry => ({ kind: 'refused', key, reason });
  const draft = draftOf(key, value);
  if (typeof draft === 'string') return refused(draft);
  const parsed = toolServerDraftSchema.safeParse(draft);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return refused(`Its ${field === '' ? 'entry' : field} is missing, too long, or not of the right kind.`);
  }
  try {
    return { kind: 'server', key, draft: parsed.data, checked: checkDraft(parsed.data, isOwnAddress) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind !== 'invalid-input') throw error;
    return refused(`Its ${failure.field} is ${failure.reason}.`);
  }
}

/** A text says why there is none. */
function draftOf(key: string, value: unknown): unknown {
  const entry = recordSchema.safeParse(value).data;
  if (!entry) return 'It is not an object with a command or an address.';
  if (entry.type === 'sse')
    return 'It uses the old transport “sse”, which Nunba does not speak. Ask for an address for streamable HTTP.';
  const name = key.trim().slice(0, 60) || 'server';
  if ('url' in entry && !('command' in entry)) {
    const address = addressSchema.safeParse(entry).data;
    return address
      ? { kind: 'http', name, url: address.url, headers: secretsOf(address.headers) }
      : 'Its address or headers are not as they should be.';
  }
  const program = programSchema.safeParse(entry).data;
  if (!program) return 'Its command, arguments or environment are not as they should be.';
  const { command, args, cwd, env } = program;
  if (/\$\{[^}]*\}/.test([command, ...args, cwd ?? '', ...Object.values(env)].join('\n'))) {
    return 'It holds a placeholder with a dollar sign and braces, which only the program that it was written for can fill in.';
  }
  return { kind: 'stdio', name, command, args, folder: cwd ?? null, environment: secretsOf(env) };
}

const secretsOf = (given: Readonly<Record<string, string | number | boolean>>): { name: string; value: string }[] =>
  Object.entries(given).map(([name, value]) => ({ name, value: String(value) }));

const unreadable = (reason: string): FailureError => new FailureError({ kind: 'import-unreadable', reason });
