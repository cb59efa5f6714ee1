import { FailureError } from '../../api/failures.ts';
import { isTooDeep } from '../json-depth.ts';
import type { CallOptions, LanguageModel, Prompt, StreamPart } from './language-model.ts';
import type { RefusalContext } from './refusal-failure.ts';
import { streamFailure } from './stream-failure.ts';

/** What an assistant's message in a prompt is made of. */
type AssistantContent = Extract<Prompt[number], { role: 'assistant' }>['content'][number];

/** One answer of a model, as it arrives. `finish` is the last. */
export type ModelEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** `input`: the arguments as the model wrote them, JSON or not. */
  | { readonly kind: 'tool-call'; readonly callId: string; readonly toolName: string; readonly input: string }
  | {
      readonly kind: 'finish';
      /** `length`: a limit for one answer; `full`: what the model can take in at once. */
      readonly reason: 'stop' | 'length' | 'full' | 'filtered';
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
      /** The answer as the next prompt repeats it, with what the provider wants back (signatures). */
      readonly content: readonly AssistantContent[];
    };

/**
 * Asks a model once and reads its stream to the end. Aborting `call.abortSignal` closes the connection at once and
 * rejects with the signal's reason. Everything else that goes wrong is a FailureError; what arrived before was yielded.
 */
export async function* readStream(
  model: LanguageModel,
  call: CallOptions,
  context: RefusalContext,
): AsyncGenerator<ModelEvent> {
  const content = new ContentCollector();
  let finish: Extract<StreamPart, { type: 'finish' }> | null = null;
  try {
    for await (const part of partsOf(await model.doStream(call))) {
      if (part.type === 'error') throw streamFailure(part.error, context);
      if (part.type === 'finish') finish = part;
      const event = content.take(part);
      if (event) yield event;
    }
  } catch (error) {
    call.abortSignal?.throwIfAborted();
    throw streamFailure(error, context);
  }
  // Every wire format ends with a reason; a stream without one was cut, however politely the connection ended.
  if (finish?.finishReason.raw === undefined) {
    throw new FailureError({ kind: 'model-bad-answer', host: context.host, cause: 'cut' });
  }
  yield {
    kind: 'finish',
    reason: reasonOf(finish.finishReason),
    inputTokens: finish.usage.inputTokens.total ?? null,
    outputTokens: finish.usage.outputTokens.total ?? null,
    content: content.all,
  };
}

async function* partsOf({ stream }: Awaited<ReturnType<LanguageModel['doStream']>>): AsyncGenerator<StreamPart> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Ends the request when the consumer stops early; after the end it does nothing.
    await reader.cancel().catch(() => undefined);
  }
}

type FinishReason = Extract<StreamPart, { type: 'finish' }>['finishReason'];

/** A full context as the engine of this computer says it, and Anthropic; the others do not tell it apart. */
const fullReasons: readonly (string | undefined)[] = ['full', 'model_context_window_exceeded'];

const reasonOf = ({ unified, raw }: FinishReason): 'stop' | 'length' | 'full' | 'filtered' => {
  if (unified === 'length') return fullReasons.includes(raw) ? 'full' : 'length';
  return unified === 'content-filter' ? 'filtered' : 'stop';
};

type Metadata = NonNullable<AssistantContent['providerOptions']>;

interface OpenPart {
  readonly type: 'text' | 'reasoning';
  text: string;
  providerOptions: Metadata;
}

/** Puts the parts of a stream together, in their order. */
class ContentCollector {
  readonly #parts: (OpenPart | Extract<AssistantContent, { type: 'tool-call' }>)[] = [];
  readonly #open = new Map<string, OpenPart>();

  get all(): readonly AssistantContent[] {
    return this.#parts.filter((part) => part.type !== 'text' || part.text !== '');
  }

  take(part: StreamPart): ModelEvent | null {
    switch (part.type) {
      case 'text-start':
      case 'text-delta':
      case 'text-end':
        return this.#grow('text', part);
      case 'reasoning-start':
      case 'reasoning-delta':
      case 'reasoning-end':
        return this.#grow('reasoning', part);
      case 'tool-call':
        return this.#call(part);
      default:
        return null;
    }
  }

  #grow(
    type: 'text' | 'reasoning',
    part: { readonly id: string; readonly delta?: string; readonly providerMetadata?: Metadata },
  ): ModelEvent | null {
    const key = `${type} ${part.id}`;
    let open = this.#open.get(key);
    if (!open) {
      open = { type, text: '', providerOptions: {} };
      this.#open.set(key, open);
      this.#parts.push(open);
    }
    for (const [name, value] of Object.entries(part.providerMetadata ?? {})) {
      open.providerOptions = { ...open.providerOptions, [name]: { ...open.providerOptions[name], ...value } };
    }
    if (part.delta === undefined || part.delta === '') return null;
    open.text += part.delta;
    return { kind: type, text: part.delta };
  }

  #call(part: Extract<StreamPart, { type: 'tool-call' }>): ModelEvent | null {
    if (part.providerExecuted === true) return null;
    const { toolCallId, toolName, input, providerMetadata } = part;
    const providerOptions = providerMetadata === undefined ? {} : { providerOptions: providerMetadata };
    this.#parts.push({ type: 'tool-call', toolCallId, toolName, input: objectOf(input), ...providerOptions });
    return { kind: 'tool-call', callId: toolCallId, toolName: toolName.slice(0, 100), input };
  }
}

/** Formats differ in what they take as arguments; an object is taken by all. */
const objectOf = (input: string): Readonly<Record<string, unknown>> => {
  try {
    const parsed: unknown = JSON.parse(input === '' ? '{}' : input);
    const isTaken = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) && !isTooDeep(parsed);
    return isTaken ? { ...parsed } : {};
  } catch {
    return {};
  }
};
