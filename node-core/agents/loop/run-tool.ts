import type { JsonValue } from '../../protocol/json-value.ts';
import type { ToolOutcome } from '../../protocol/ports/answers.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { CitationSource } from '../citations.ts';
import { type Tool, type ToolContext, type ToolPlan, ToolRefusal, type ToolResult } from '../tools/tool.ts';

/** Longest message of a failed tool, in characters. */
const maxMessageChars = 2000;

/** Longest text that is no JSON and is shown as the arguments all the same, in characters. */
const maxRawChars = 2000;

/** What tools work with during one answer. */
export interface ToolMeans {
  readonly tools: readonly Tool[];
  readonly context: Omit<ToolContext, 'signal'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly toolMs: number;
}

/** A use of a tool, ended one way or another. */
export interface ToolUse {
  readonly outcome: ToolOutcome;
  readonly sources: readonly CitationSource[];
}

/** The arguments as they are shown: parsed, or the model's own words if they are no JSON. */
export function shownArguments(input: string): JsonValue {
  const parsed = parseArguments(input);
  return parsed === undefined ? input.slice(0, maxRawChars) : parsed;
}

/**
 * Runs a tool for a model. Never throws but when `signal` is aborted: a tool that is not there, arguments that are no
 * JSON or not as the schema wants them, a slow tool and a broken one all become a failed outcome that the model reads.
 */
export async function runTool(name: string, input: string, means: ToolMeans, signal: AbortSignal): Promise<ToolUse> {
  const tool = means.tools.find((each) => each.name === name);
  if (!tool)
    return failed(`There is no tool called ${name}. There are: ${means.tools.map((each) => each.name).join(', ')}.`);
  const given = parseArguments(input);
  if (given === undefined)
    return failed('The arguments are not JSON. Call the tool again with an object of arguments.');
  try {
    const { value, sources } = await inTime(tool, given, means, signal);
    return { outcome: { kind: 'done', value }, sources };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ToolRefusal) return failed(error.message);
    means.log.error({ tool: name, error }, 'A tool of an agent broke.');
    return failed('The tool is broken at the moment. Go on without it.');
  }
}

async function inTime(tool: Tool, given: JsonValue, means: ToolMeans, signal: AbortSignal): Promise<ToolResult> {
  const { clock, context, toolMs } = means;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const over = new AbortController();
  const timer = clock.after(toolMs, () => over.abort(new ToolRefusal(`The tool took longer than ${toolMs / 1000} s.`)));
  const ends = AbortSignal.any([signal, over.signal]);
  const abort = (): void => reject(ends.reason);
  ends.addEventListener('abort', abort, { once: true });
  try {
    ends.throwIfAborted();
    const work = { ...context, signal: ends };
    return await Promise.race([tool.plan(given, work).then((plan) => runPlan(plan, work)), ended]);
  } finally {
    timer.cancel();
    ends.removeEventListener('abort', abort);
  }
}

const runPlan = (plan: ToolPlan, context: ToolContext): Promise<ToolResult> => {
  if (plan.kind === 'read') return plan.run(context);
  throw new ToolRefusal('Nobody can be asked whether this may be done.');
};

const failed = (message: string): ToolUse => ({
  outcome: { kind: 'failed', message: message.slice(0, maxMessageChars) },
  sources: [],
});

/** `undefined`: no JSON. No arguments at all are an empty object. */
const parseArguments = (input: string): JsonValue | undefined => {
  try {
    return JSON.parse(input.trim() === '' ? '{}' : input);
  } catch {
    return undefined;
  }
};
