import type { AgentView } from '../../api/agent-views.ts';
import { FailureError, failureOf } from '../../api/failures.ts';
import { markOutside, outsideRule } from '../../protocol/hands/outside-text.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { AnswerEvent, AnswerRequest } from '../../protocol/ports/answers.ts';
import { type AskMeans, askModel, objectIn } from '../ask-model.ts';
import { type Stretch, ThinkTags } from '../loop/think-tags.ts';
import type { ChosenModel, Models } from '../models/create-models.ts';
import type { Prompt } from '../models/language-model.ts';
import { type ModelEvent, readStream } from '../models/read-stream.ts';
import { openModel } from '../open-model.ts';
import type { Tool } from '../tools/tool.ts';
import type { StepResult } from './run-store.ts';

/** Most characters of one result that a model is told, and of all together. */
const resultChars = 40_000;
const allResultsChars = 160_000;

export interface RecipeModelMeans extends AskMeans {
  readonly models: Pick<Models, 'choose' | 'report'>;
  readonly ids: () => string;
}

/** What a model is told of a run. */
export interface RunContext {
  /** What was asked for, with the values of this run. */
  readonly job: string;
  readonly results: readonly StepResult[];
}

/** The model of one run: asked only in the steps that need it, and without tools, so that it can start nothing. */
export class RecipeModel {
  readonly #means: RecipeModelMeans;
  readonly #agent: AgentView;
  readonly #request: AnswerRequest;
  #chosen: ChosenModel | null = null;

  constructor(means: RecipeModelMeans, agent: AgentView, request: AnswerRequest) {
    this.#means = means;
    this.#agent = agent;
    this.#request = request;
  }

  /** Where its words come from. Must be the first thing asked of it. */
  async provenance(signal: AbortSignal): Promise<Extract<AnswerEvent, { kind: 'provenance' }>> {
    const { model, providerName, reason } = await this.#choose(signal);
    const { ref, modelId, location } = model;
    return { kind: 'provenance', provenance: { kind: 'model', ref, modelId, providerName, location, reason } };
  }

  /** The arguments for a use of a tool, decided from what was seen; `undefined`: the model gave none. */
  async decide(
    tool: Tool,
    example: JsonValue,
    context: RunContext,
    signal: AbortSignal,
  ): Promise<JsonValue | undefined> {
    const chosen = await this.#choose(signal);
    const task = [
      `Decide the arguments for one use of the tool ${tool.name}: ${tool.description}`,
      `They are a JSON object of this schema: ${JSON.stringify(tool.inputSchema)}`,
      `When the job was done before they were: ${JSON.stringify(example)}`,
      'Answer with the JSON object and nothing else.',
    ].join('\n');
    // Read from JSON.
    return objectIn(await askModel(this.#means, chosen, this.#prompt(context, task), signal)) as JsonValue | undefined;
  }

  /** A text for the person, as it is written. Throws a FailureError, `model-bad-answer` where there is none. */
  async *say(instruction: string, context: RunContext, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const { model } = await this.#choose(signal);
    const { models } = this.#means;
    const task = instruction === '' ? 'All steps are done. Now answer the person.' : instruction;
    try {
      yield* this.#stream(this.#prompt(context, task), signal);
      models.report(model.providerId, null);
    } catch (error) {
      const failure = failureOf(error);
      if (failure && !signal.aborted) models.report(model.providerId, failure);
      throw error;
    }
  }

  async *#stream(prompt: Prompt, abortSignal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const chosen = await this.#choose(abortSignal);
    this.#means.breaker.pass();
    const { language, context } = await openModel(chosen, this.#means);
    const tags = new ThinkTags();
    let said = '';
    for await (const event of readStream(language, { prompt, abortSignal }, context)) {
      for (const stretch of stretchesOf(event, tags)) {
        if (stretch.kind === 'text') said += stretch.text;
        yield stretch;
      }
      if (event.kind === 'finish') {
        yield { kind: 'usage', inputTokens: event.inputTokens, outputTokens: event.outputTokens };
      }
    }
    if (said.trim() === '') throw new FailureError({ kind: 'model-bad-answer', host: context.host, cause: 'empty' });
  }

  async #choose(signal: AbortSignal): Promise<ChosenModel> {
    const { model, modelChosenBy } = this.#request;
    const chat = modelChosenBy === 'chat' ? model : null;
    this.#chosen ??= await this.#means.models.choose({ chat, caller: null, agent: this.#agent.model }, signal);
    return this.#chosen;
  }

  #prompt({ job, results }: RunContext, task: string): Prompt {
    const nonce = this.#means.ids().slice(-16).toLowerCase();
    const system = `${this.#agent.instructions}\n\n${outsideRule(nonce)}\n\nA job is done in steps that were fixed before; you are asked for one of them. You have no tools.`;
    const text = `The job:\n${job}\n\nWhat was done for it:\n${shownResults(results, nonce)}\n\n${task}`;
    return [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text }] },
    ];
  }
}

/** What steps came to, as a model is told it: the newest whole, those for which there is no room left out. Pure. */
export function shownResults(results: readonly StepResult[], nonce: string): string {
  const shown: string[] = [];
  let room = allResultsChars;
  for (const [index, { toolName, arguments: given, outcome }] of [...results.entries()].toReversed()) {
    const value = outcome.kind === 'done' ? JSON.stringify(outcome.value) : outcome.kind;
    const text = markOutside(value.slice(0, resultChars), { tool: toolName, origin: toolName, nonce });
    const step = `Step ${index + 1}, ${toolName} with ${JSON.stringify(given).slice(0, 4000)}:\n${text}`;
    room -= step.length;
    if (room < 0) return [`${index + 1} steps before are left out.`, ...shown].join('\n\n');
    shown.unshift(step);
  }
  return shown.join('\n\n');
}

const stretchesOf = (event: ModelEvent, tags: ThinkTags): readonly Stretch[] => {
  if (event.kind === 'text') return tags.push(event.text);
  if (event.kind === 'reasoning') return [event];
  return event.kind === 'finish' ? tags.end() : [];
};
