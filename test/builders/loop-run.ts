import type { DeedGate } from '../../node-core/agents/hands/create-hands.ts';
import { defaultLimits, type LoopLimits } from '../../node-core/agents/loop/loop-limits.ts';
import { createOutsideMarks } from '../../node-core/agents/loop/outside-marks.ts';
import { runLoop } from '../../node-core/agents/loop/run-loop.ts';
import { toPrompt } from '../../node-core/agents/loop/to-prompt.ts';
import type { ProviderKind } from '../../node-core/agents/models/base-url.ts';
import { openLanguageModel } from '../../node-core/agents/models/language-model.ts';
import type { Tool } from '../../node-core/agents/tools/tool.ts';
import { chatTools, toolsOf } from '../../node-core/agents/tools/toolbox.ts';
import { failureOf } from '../../node-core/api/failures.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { AnswerEvent } from '../../node-core/protocol/ports/answers.ts';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import { createFakeBreaker, type FakeBreaker } from '../doubles/breaker.ts';
import { createFakeChatReader } from '../doubles/chat-reader.ts';
import { createFakeGate } from '../doubles/deed-gate.ts';
import type { ModelServer } from '../doubles/model-server/start-model-server.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createIds } from './ids.ts';
import { accessTo } from './provider-access.ts';

const reader = createFakeChatReader({
  messages: [
    {
      conversationId: 'C1',
      conversationTitle: 'The boat',
      messageId: 'M1',
      role: 'user',
      createdAt: 0,
      text: 'The boat is blue',
    },
  ],
});

/** One run of the loop; what is left out is ordinary. */
export interface Run {
  readonly text: string;
  readonly kind?: ProviderKind;
  readonly tools?: readonly Tool[];
  readonly limits?: Partial<LoopLimits>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly breaker?: FakeBreaker;
  readonly partial?: string;
  /** Left out: a program asks, so that nobody can be asked. */
  readonly messageId?: string;
  /** Keeps the identifiers of several runs in one test apart. */
  readonly series?: number;
  readonly gate?: DeedGate;
}

/** Runs the loop against a model server. */
export async function* start(
  server: ModelServer,
  run: Run,
  seen: { toolsRefused: number; sources: number },
): AsyncGenerator<AnswerEvent> {
  const kind = run.kind ?? 'openai-compatible';
  const clock = run.clock ?? systemClock;
  const limits = { ...defaultLimits, ...run.limits };
  const place = { agentId: 'nunba', conversationId: 'C1' };
  const own = { ...place, tools: ['search_chats' as const, 'read_attachment' as const], servers: [], knowledge: [] };
  const tools = run.tools ?? (await toolsOf([chatTools], own));
  const outside = createOutsideMarks(tools, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
  const history = [{ role: 'user' as const, text: run.text, attachments: [] }];
  const partial =
    run.partial === undefined
      ? []
      : [{ role: 'assistant' as const, parts: [{ kind: 'text' as const, text: run.partial }] }];
  yield* runLoop({
    model: await openLanguageModel(accessTo(server, kind), 'test-model', clock, () => undefined),
    context: { host: 'h', model: 'test-model', key: null, now: 0 },
    prompt: (hasTools) =>
      toPrompt(
        { history: [...history, ...partial], isContinuation: run.partial !== undefined },
        { instructions: 'Be kind.', now: 0, hasTools, outside, guidance: tools.flatMap((tool) => tool.guidance ?? []) },
        { reader, conversationId: 'C1', modelId: 'test-model', canSee: false, hasReadTool: hasTools },
      ),
    parameters: { temperature: 0.5, topP: null, maxOutputTokens: 99 },
    means: {
      tools,
      context: { ...place, reader },
      clock,
      log: createRecordedLog(),
      messageId: run.messageId ?? null,
      gate: run.gate ?? createFakeGate(),
    },
    mark: outside.mark,
    limits,
    clock,
    signal: run.signal ?? new AbortController().signal,
    ids: createIds(run.series ?? 0),
    breaker: run.breaker ?? createFakeBreaker(),
    hasThinkTags: kind === 'openai-compatible',
    partial: run.partial ?? '',
    onToolsRefused: () => {
      seen.toolsRefused += 1;
    },
    onSources: (sources) => {
      seen.sources += sources.length;
    },
  });
}

/** Runs the loop against a model server and tells everything that came of it. */
export const finishRun = async (server: ModelServer, run: Run) => {
  const seen = { toolsRefused: 0, sources: 0 };
  const events: AnswerEvent[] = [];
  try {
    for await (const event of start(server, run, seen)) events.push(event);
    return { events, seen, text: textOf(events), failure: null };
  } catch (error) {
    return { events, seen, text: textOf(events), failure: failureOf(error) ?? error };
  }
};

/** All text of an answer. */
export const textOf = (events: readonly AnswerEvent[]): string =>
  events.map((event) => (event.kind === 'text' ? event.text : '')).join('');

/** The events of one kind. */
export const ofKind = <K extends AnswerEvent['kind']>(events: readonly AnswerEvent[], kind: K) =>
  events.filter((event): event is Extract<AnswerEvent, { kind: K }> => event.kind === kind);
