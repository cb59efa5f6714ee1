import { z } from 'zod';

const errorSchema = z.object({
  name: z.string().optional(),
  message: z.string().optional(),
  code: z.string().optional(),
  at: z.array(z.string()).optional(),
});

const lineSchema = z.looseObject({
  level: z.number(),
  time: z.string(),
  msg: z.string().optional(),
  error: errorSchema.optional().catch(undefined),
  err: errorSchema.optional().catch(undefined),
});

const levels: Readonly<Record<number, string>> = { 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
const ownFields = new Set(['level', 'time', 'msg', 'error', 'err']);
/** Identifiers, kinds and hosts; no sentence and nothing that a person wrote. */
const plainValue = /^[\w.:-]{1,60}$/;
const framesShown = 4;

/**
 * One line of the node's log, for somebody else's eyes: what happened, its counts and kinds. An error's own words are
 * left out unless the system made them, because a provider's may repeat what it was asked. `null`: no line of that log.
 */
export function readableLogLine(line: string): string | null {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return null;
  const { level, time, msg = '', error, err } = parsed.data;
  const fields = Object.entries(parsed.data).flatMap(([name, value]) => {
    if (ownFields.has(name)) return [];
    const isPlain = typeof value === 'number' || typeof value === 'boolean' || plainValue.test(String(value));
    return [`${name}=${isPlain && typeof value !== 'object' ? value : '…'}`];
  });
  const head = [time, levels[level] ?? String(level), msg, ...fields].join(' ');
  return [head, ...errorLines(error ?? err)].join('\n');
}

function errorLines(error: z.infer<typeof errorSchema> | undefined): readonly string[] {
  if (!error) return [];
  const { name = 'Error', message = '', code, at = [] } = error;
  return [
    `  ${name}${code ? ` [${code}]: ${message}` : ''}`,
    ...at.slice(0, framesShown).map((frame) => `    ${frame}`),
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
