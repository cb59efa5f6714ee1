import type { DeedRequest } from '../../protocol/hands/permission.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { AnswerEvent, Approval, ToolOutcome } from '../../protocol/ports/answers.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { CitationSource } from '../citations.ts';
import type { DeedGate } from '../hands/create-hands.ts';
import { isTooDeep } from '../json-depth.ts';
import { type Tool, type ToolContext, type ToolPlan, ToolRefusal, type ToolResult } from '../tools/tool.ts';
import { boundedValue } from './bounded-value.ts';

/** Longest message of a failed tool, in characters. */
const maxMessageChars = 2000;

/** Longest text that is no JSON and is shown as the arguments all the same, in characters. */
const maxRawChars = 2000;

/** How long a deed that was told to stop is waited for, ms; after that its answer goes on without it. */
const graceMs = 5_000;

/** What tools work with during one answer. */
export interface ToolMeans {
  readonly tools: readonly Tool[];
  readonly context: Omit<ToolContext, 'signal'>;
  /** The message that the answer is kept in; `null`: nobody can be asked. */
  readonly messageId: string | null;
  readonly gate: DeedGate;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked once more after the person allowed a deed; throws to refuse it. */
  readonly pass: () => void;
  /** Runs `wait` without counting its time to the answer's. */
  readonly untimed: <T>(wait: () => Promise<T>) => Promise<T>;
}

/** One call of a tool by the model. */
export interface ToolCall {
  readonly callId: string;
  readonly toolName: string;
  /** As the model wrote it. */
  readonly input: string;
}

/** A use of a tool, ended one way or another. */
export interface ToolUse {
  readonly outcome: ToolOutcome;
  readonly sources: readonly CitationSource[];
  readonly canUndo: boolean;
}

type ReadUse = Omit<ToolUse, 'canUndo'>;

/** The arguments as they are shown: parsed, or the model's own words if they are no JSON. */
export function shownArguments(input: string): JsonValue {
  const parsed = parseArguments(input);
  return parsed === undefined ? input.slice(0, maxRawChars) : parsed;
}

/**
 * Uses a tool for a model: makes its plan, has the person allow what it would do, does it, notes it. Yields what it is
 * about to do and whether that was allowed. Never throws but when `signal` is aborted or the journal cannot be written:
 * a tool that is not there, wrong arguments, a refusal, a slow tool and a broken one all become a failed outcome that
 * the model reads.
 */
export async function* performTool(
  call: ToolCall,
  means: ToolMeans,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, ToolUse> {
  const tool = means.tools.find((each) => each.name === call.toolName);
  const names = means.tools.map((each) => each.name).join(', ');
  if (!tool) return failed(`There is no tool called ${call.toolName}. There are: ${names}.`);
  const given = parseArguments(call.input);
  if (given === undefined)
    return failed('The arguments are not JSON, or nested too deeply. Call the tool again with an object of arguments.');
  if (!means.gate.rates.take(tool.name, tool.limits.perMinute)) {
    return failed(`The tool was called ${tool.limits.perMinute} times within a minute. Wait, or go on without it.`);
  }
  const planned = await explained(tool, means, signal, () => planOf(tool, given, means, signal));
  if (planned.kind === 'failed') return planned.use;
  const plan = planned.value;
  if (plan.kind === 'read') return { ...(await runRead(tool, plan, means, signal)), canUndo: false };
  return yield* doDeed({ call, tool, given, plan }, means, signal);
}

interface Planned {
  readonly call: ToolCall;
  readonly tool: Tool;
  readonly given: JsonValue;
  readonly plan: Extract<ToolPlan, { kind: 'deed' }>;
}

async function* doDeed(planned: Planned, means: ToolMeans, signal: AbortSignal): AsyncGenerator<AnswerEvent, ToolUse> {
  const { call, tool, given, plan } = planned;
  const { callId } = call;
  const { deed } = plan;
  const approval = yield* approve(planned, means, signal);
  yield { kind: 'tool-deed', callId, deed, approval };
  if (approval.kind === 'refused') {
    return failed(
      approval.by === 'person'
        ? 'The person did not allow this. Do not try it again another way; ask what they would like instead.'
        : 'This needs the person’s permission, and nobody can be asked here. Go on without it.',
    );
  }
  means.pass();
  const { agentId, conversationId } = means.context;
  if (means.gate.isBusy(conversationId)) return failed(stillBusy);
  const entry = { callId, toolName: tool.name, arguments: given, deed, approval, agentId, conversationId };
  const limit = timeLimit(tool, means, signal);
  const work = means.gate.journal.perform(
    { ...entry, messageId: means.messageId },
    (notes) => contained(tool, means, signal, () => plan.run({ ...means.context, signal: limit.signal }, notes)),
    limit.signal,
  );
  // Who stops the answer does not wait; the deed is told to end, and its end is noted all the same.
  work.catch(() => undefined);
  try {
    return await unlessAborted(signal, [work, limit.overdue]);
  } finally {
    limit.end();
  }
}

const stillBusy =
  'Nothing was done: something that was begun here before was told to stop and has not ended yet. Wait, or go on without it.';

/** Asks the person where no kept permission covers the deed. */
async function* approve(
  { call, tool, plan }: Planned,
  means: ToolMeans,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, Exclude<Approval, { kind: 'asked' | 'not-needed' }>> {
  const { agentId, conversationId } = means.context;
  const { callId } = call;
  const { deed } = plan;
  const request: DeedRequest = { agentId, toolName: tool.name, conversationId, deed, canAsk: means.messageId !== null };
  const verdict = means.gate.judge(request);
  if (verdict.kind === 'refused') return { kind: 'refused', by: 'nobody' };
  if (verdict.kind === 'allowed') return { kind: 'given', scope: verdict.grant.scope.kind, by: 'grant' };
  const since = means.clock.now();
  yield { kind: 'tool-deed', callId, deed, approval: { kind: 'asked', at: since } };
  const question = { callId, conversationId, agentId, toolName: tool.name, deed, since };
  const answer = await means.untimed(() => means.gate.ask(question, signal));
  return answer === 'no' ? { kind: 'refused', by: 'person' } : { kind: 'given', scope: answer, by: 'person' };
}

async function runRead(
  tool: Tool,
  plan: Extract<ToolPlan, { kind: 'read' }>,
  means: ToolMeans,
  signal: AbortSignal,
): Promise<ReadUse> {
  const limit = timeLimit(tool, means, signal);
  try {
    const run = contained(tool, means, signal, () => plan.run({ ...means.context, signal: limit.signal }));
    return await unlessAborted(signal, [run, limit.late]);
  } finally {
    limit.end();
    signal.throwIfAborted();
  }
}

function planOf(tool: Tool, given: JsonValue, means: ToolMeans, signal: AbortSignal): Promise<ToolPlan> {
  const limit = timeLimit(tool, means, signal);
  const late = limit.late.then(() => Promise.reject(tooSlow(tool)));
  const plan = tool.plan(given, { ...means.context, signal: limit.signal });
  return unlessAborted(signal, [plan, late]).finally(limit.end);
}

/** The run of a tool, with everything that goes wrong made into an outcome. Never rejects. */
async function contained(
  tool: Tool,
  means: ToolMeans,
  stop: AbortSignal,
  run: () => Promise<ToolResult>,
): Promise<ReadUse> {
  try {
    const { value, sources } = await run();
    return { outcome: { kind: 'done', value: boundedValue(value, tool.limits.resultChars) }, sources };
  } catch (error) {
    // What the stop has torn says nothing about the tool.
    return stop.aborted ? { outcome: { kind: 'stopped' }, sources: [] } : explain(tool, means, error);
  }
}

type Explained<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'failed'; readonly use: ToolUse };

async function explained<T>(
  tool: Tool,
  means: ToolMeans,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Explained<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', use: { ...explain(tool, means, error), canUndo: false } };
  }
}

/** What the model is told of an error; what is no refusal is a bug, and nothing of it leaves the log. */
function explain(tool: Tool, means: ToolMeans, error: unknown): ReadUse {
  if (error instanceof ToolRefusal) return failed(error.message);
  means.log.error({ tool: tool.name, error }, 'A tool of an agent broke.');
  return failed('The tool is broken at the moment. Go on without it.');
}

interface TimeLimit {
  /** Aborted when the answer is stopped or the time is over. */
  readonly signal: AbortSignal;
  /** Resolves when the time is over. */
  readonly late: Promise<ToolUse>;
  /** Resolves when the time has been over for a while and the work has not ended. */
  readonly overdue: Promise<ToolUse>;
  readonly end: () => void;
}

function timeLimit(tool: Tool, { clock }: ToolMeans, stop: AbortSignal): TimeLimit {
  const { timeMs } = tool.limits;
  const over = new AbortController();
  const late = Promise.withResolvers<ToolUse>();
  const overdue = Promise.withResolvers<ToolUse>();
  const first = clock.after(timeMs, () => {
    over.abort(tooSlow(tool));
    late.resolve(failed(tooSlow(tool).message));
  });
  const last = clock.after(timeMs + graceMs, () =>
    overdue.resolve(failed(`${tooSlow(tool).message} It was told to stop; look before you do it again.`)),
  );
  const end = (): void => {
    first.cancel();
    last.cancel();
  };
  return { signal: AbortSignal.any([stop, over.signal]), late: late.promise, overdue: overdue.promise, end };
}

const tooSlow = (tool: Tool): ToolRefusal =>
  new ToolRefusal(`The tool took longer than ${tool.limits.timeMs / 1000} s.`);

/**
 * The first of `works`, but aborting the signal rejects at once. The listener is taken back: Node keeps a signal made of
 * others for as long as it has one, and with it whatever the race has brought.
 */
async function unlessAborted<T>(signal: AbortSignal, works: readonly Promise<T>[]): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([...works, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const failed = (message: string): ToolUse => ({
  outcome: { kind: 'failed', message: message.slice(0, maxMessageChars) },
  sources: [],
  canUndo: false,
});

/** `undefined`: no JSON, or too deep. No arguments at all are an empty object. */
const parseArguments = (input: string): JsonValue | undefined => {
  try {
    const parsed = JSON.parse(input.trim() === '' ? '{}' : input);
    return isTooDeep(parsed) ? undefined : parsed;
  } catch {
    return undefined;
  }
};
