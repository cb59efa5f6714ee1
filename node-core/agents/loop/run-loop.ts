import { FailureError } from '../../api/failures.ts';
import type { AnswerEvent, AnswerParameters } from '../../protocol/ports/answers.ts';
import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { CitationSource } from '../citations.ts';
import type { CallOptions, LanguageModel, Prompt } from '../models/language-model.ts';
import { type ModelEvent, readStream } from '../models/read-stream.ts';
import { type RefusalContext, refusesTools } from '../models/refusal-failure.ts';
import { Joiner } from './continuation.ts';
import { LoopBudget, type LoopLimits } from './loop-limits.ts';
import { performTool, shownArguments, type ToolMeans } from './perform-tool.ts';
import { ThinkTags } from './think-tags.ts';
import { type MarkResult, toolResult } from './to-prompt.ts';

/** One answer to be made. */
export interface LoopInput {
  readonly model: LanguageModel;
  readonly context: RefusalContext;
  /** What the model is told; `hasTools` says whether with tools or without. */
  readonly prompt: (hasTools: boolean) => Promise<Prompt>;
  readonly parameters: AnswerParameters;
  readonly means: Omit<ToolMeans, 'pass' | 'untimed'>;
  /** Marks what comes from outside, as the prompt's system text says. */
  readonly mark: MarkResult;
  readonly limits: LoopLimits;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Makes ids for calls of tools. */
  readonly ids: () => string;
  /** Asked before each call of the model and of a tool. */
  readonly breaker: Pick<Breaker, 'pass'>;
  /** The model writes its thoughts between tags in the text. */
  readonly hasThinkTags: boolean;
  /** Text of the partial answer that is carried on, or empty. */
  readonly partial: string;
  /** Told when the model takes no tools, so that it is not offered any next time. */
  readonly onToolsRefused: () => void;
  /** Told what a tool has shown to the model. */
  readonly onSources: (sources: readonly CitationSource[]) => void;
}

type Finish = Extract<ModelEvent, { kind: 'finish' }>;
type Call = Extract<ModelEvent, { kind: 'tool-call' }>;

/**
 * Asks the model, runs the tools that it calls, tells it what came of them, and so on until it answers without calling
 * one. Yields everything as it arrives. Throws `agent-limit` when it does not end, and whatever the provider refuses
 * with; what arrived before has been yielded. Aborting the signal rejects with its reason.
 */
export async function* runLoop(input: LoopInput): AsyncGenerator<AnswerEvent> {
  const budget = new LoopBudget(input.limits, input.clock, input.signal);
  try {
    yield* new Loop(input, budget).run();
  } finally {
    budget.end();
  }
}

class Loop {
  readonly #input: LoopInput;
  readonly #budget: LoopBudget;
  #inputTokens: number | null = null;
  #outputTokens: number | null = null;
  #hasSaid = false;
  #modelCalls = 0;
  #hasTools: boolean;

  constructor(input: LoopInput, budget: LoopBudget) {
    this.#input = input;
    this.#budget = budget;
    this.#hasTools = input.means.tools.length > 0;
  }

  async *run(): AsyncGenerator<AnswerEvent> {
    let prompt = await this.#input.prompt(this.#hasTools);
    for (let step = 1; step <= this.#input.limits.steps; step += 1) {
      const calls: Call[] = [];
      let finish: Finish;
      try {
        finish = yield* this.#ask(prompt, calls, step === 1 ? this.#input.partial : '');
      } catch (error) {
        prompt = await this.#promptWithoutTools(error, step);
        continue;
      }
      if (calls.length === 0 || isCut(finish)) return yield* this.#finish(finish);
      const results = yield* this.#runTools(calls);
      prompt = [...prompt, { role: 'assistant', content: [...finish.content] }, { role: 'tool', content: results }];
    }
    throw new FailureError({ kind: 'agent-limit', limit: 'steps', allowed: this.#input.limits.steps });
  }

  /** One question to the model: its words are yielded, its calls collected. */
  async *#ask(prompt: Prompt, calls: Call[], partial: string): AsyncGenerator<AnswerEvent, Finish> {
    const { model, context, hasThinkTags, breaker } = this.#input;
    breaker.pass();
    this.#modelCalls += 1;
    const tags = new ThinkTags();
    const joiner = new Joiner(partial);
    for await (const event of readStream(model, this.#call(prompt), context)) {
      switch (event.kind) {
        case 'text':
          for (const stretch of hasThinkTags ? tags.push(event.text) : [event]) yield* this.#say(stretch, joiner);
          break;
        case 'reasoning':
          yield* this.#say(event, joiner);
          break;
        case 'tool-call':
          calls.push(event);
          break;
        case 'finish':
          for (const stretch of tags.end()) yield* this.#say(stretch, joiner);
          yield* this.#sayText(joiner.end());
          this.#count(event);
          return event;
      }
    }
    throw new FailureError({ kind: 'model-bad-answer', host: context.host, cause: 'cut' });
  }

  *#say(
    stretch: { readonly kind: 'text' | 'reasoning'; readonly text: string },
    joiner: Joiner,
  ): Generator<AnswerEvent> {
    if (stretch.kind === 'text') return yield* this.#sayText(joiner.push(stretch.text));
    this.#budget.take(stretch.text);
    yield { kind: 'reasoning', text: stretch.text };
  }

  *#sayText(text: string): Generator<AnswerEvent> {
    if (text === '') return;
    this.#hasSaid ||= text.trim() !== '';
    this.#budget.take(text);
    yield { kind: 'text', text };
  }

  async *#runTools(calls: readonly Call[]): AsyncGenerator<AnswerEvent, ReturnType<typeof toolResult>[]> {
    const results: ReturnType<typeof toolResult>[] = [];
    for (const { callId: providersId, toolName, input } of calls) {
      // Some programs number the calls of each message anew; what is shown and stored needs an id of its own.
      const callId = this.#input.ids();
      this.#budget.take(input);
      yield { kind: 'tool-call', callId, toolName, arguments: shownArguments(input) };
      this.#input.breaker.pass();
      const { outcome, sources, canUndo } = yield* performTool(
        { callId, toolName, input },
        this.#means(),
        this.#budget.signal,
      );
      this.#budget.take(JSON.stringify(outcome));
      this.#input.onSources(sources);
      results.push(toolResult(providersId, toolName, outcome, this.#input.mark));
      yield { kind: 'tool-outcome', callId, outcome, canUndo };
    }
    return results;
  }

  #means(): ToolMeans {
    const { means, breaker } = this.#input;
    return { ...means, pass: () => breaker.pass(), untimed: (wait) => this.#budget.untimed(wait) };
  }

  #call(prompt: Prompt): CallOptions {
    const { parameters, means } = this.#input;
    const tools = means.tools.map(({ name, description, inputSchema }) => ({
      type: 'function' as const,
      name,
      description,
      inputSchema,
    }));
    return {
      prompt,
      abortSignal: this.#budget.signal,
      ...(parameters.temperature === null ? {} : { temperature: parameters.temperature }),
      ...(parameters.topP === null ? {} : { topP: parameters.topP }),
      ...(parameters.maxOutputTokens === null ? {} : { maxOutputTokens: parameters.maxOutputTokens }),
      ...(this.#hasTools ? { tools, toolChoice: { type: 'auto' as const } } : {}),
    };
  }

  /**
   * Many local models take no tools and the program that serves them refuses the whole request. Then it is sent once
   * more without them, and the model is told that it has none. Any other error is thrown again.
   */
  #promptWithoutTools(error: unknown, step: number): Promise<Prompt> {
    const isRefusal = error instanceof FailureError && refusesTools(error.failure);
    if (!isRefusal || !this.#hasTools || step > 1) throw error;
    this.#hasTools = false;
    this.#input.onToolsRefused();
    return this.#input.prompt(false);
  }

  #count({ inputTokens, outputTokens }: Finish): void {
    if (inputTokens !== null) this.#inputTokens = (this.#inputTokens ?? 0) + inputTokens;
    if (outputTokens !== null) this.#outputTokens = (this.#outputTokens ?? 0) + outputTokens;
  }

  *#finish(finish: Finish): Generator<AnswerEvent> {
    const { reason } = finish;
    const { host } = this.#input.context;
    if (!this.#hasSaid && this.#input.partial === '' && !isCut(finish)) {
      throw new FailureError(
        reason === 'filtered'
          ? { kind: 'model-error', host, status: null, detail: 'its filter withheld the answer.' }
          : { kind: 'model-bad-answer', host, cause: 'empty' },
      );
    }
    const modelCalls = this.#modelCalls;
    yield { kind: 'usage', inputTokens: this.#inputTokens, outputTokens: this.#outputTokens, modelCalls };
    yield { kind: 'finish', reason: isCut(finish) ? finish.reason : 'complete' };
  }
}

/** It broke off: what it called last may be half a call. */
const isCut = (finish: Finish): finish is Finish & { readonly reason: 'length' | 'full' } =>
  finish.reason === 'length' || finish.reason === 'full';
