import type { LocalModelFile } from '../../../protocol/ports/local-models.ts';
import type { CallOptions, LanguageModel, StreamPart } from '../../models/language-model.ts';
import type { EngineEvent, GenerateOrder } from './engine-messages.ts';
import { enginePrompt } from './engine-prompt.ts';
import type { LocalEngine } from './local-engine.ts';

/** What a local model is opened with. */
export interface LocalModelMeans {
  readonly engine: Pick<LocalEngine, 'generate'>;
  /** Looks at the file before each answer, so that one that has changed since its check is not loaded. */
  readonly look: () => Promise<LocalModelFile>;
  /** Makes ids for calls of tools. */
  readonly ids: () => string;
  /** Asked before each answer; throws a FailureError to refuse it. */
  readonly permit: () => void;
}

/** How freely a model writes when nobody says: lively, and not beside the point. */
const usualTemperature = 0.7;

/** A model file as a model of the AI SDK's, like those of other providers. */
export function localLanguageModel(means: LocalModelMeans): LanguageModel {
  return {
    async doStream(call) {
      means.permit();
      const file = await means.look();
      const stop = new AbortController();
      const signal = call.abortSignal ? AbortSignal.any([call.abortSignal, stop.signal]) : stop.signal;
      const parts = partsOf(means.engine.generate(file, orderOf(call), signal), means.ids);
      return {
        stream: new ReadableStream<StreamPart>(
          {
            async pull(controller) {
              const { done, value } = await parts.next();
              if (done) controller.close();
              else controller.enqueue(value);
            },
            async cancel(reason) {
              stop.abort(reason);
              await parts.return(undefined).catch(() => undefined);
            },
          },
          { highWaterMark: 0 },
        ),
      };
    },
  };
}

function orderOf(call: CallOptions): Omit<GenerateOrder, 'kind' | 'id'> {
  const tools = (call.toolChoice?.type === 'none' ? [] : (call.tools ?? [])).flatMap((tool) =>
    tool.type === 'function'
      ? [{ name: tool.name, description: tool.description ?? '', schema: tool.inputSchema }]
      : [],
  );
  return {
    messages: [...enginePrompt(call.prompt)],
    tools,
    mostTokens: call.maxOutputTokens ?? null,
    temperature: call.temperature ?? usualTemperature,
    topP: call.topP ?? null,
    seed: call.seed ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
  };
}

const kinds = { text: 'text', thought: 'reasoning' } as const;

async function* partsOf(events: AsyncGenerator<EngineEvent>, ids: () => string): AsyncGenerator<StreamPart> {
  let open: 'text' | 'reasoning' | null = null;
  let number = 0;
  const close = (): readonly StreamPart[] => (open === null ? [] : [{ type: `${open}-end`, id: String(number) }]);
  let calls = 0;
  for await (const event of events) {
    if (event.kind === 'text' || event.kind === 'thought') {
      const kind = kinds[event.kind];
      if (open !== kind) {
        yield* close();
        number += 1;
        open = kind;
        yield { type: `${kind}-start`, id: String(number) };
      }
      yield { type: `${kind}-delta`, id: String(number), delta: event.text };
      continue;
    }
    yield* close();
    open = null;
    if (event.kind === 'done') return yield finish(event, calls);
    calls += 1;
    yield { type: 'tool-call', toolCallId: ids(), toolName: event.name, input: event.input };
  }
}

function finish(
  { reason, inputTokens, outputTokens }: Extract<EngineEvent, { kind: 'done' }>,
  calls: number,
): StreamPart {
  const unified = reason === 'length' || reason === 'full' ? 'length' : calls > 0 ? 'tool-calls' : 'stop';
  return {
    type: 'finish',
    finishReason: { unified, raw: reason },
    usage: {
      inputTokens: { total: inputTokens, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: outputTokens, text: undefined, reasoning: undefined },
    },
  };
}
