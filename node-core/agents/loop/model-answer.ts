import type { AgentView } from '../../api/agent-views.ts';
import { failureOf } from '../../api/failures.ts';
import type { AnswerEvent, AnswerRequest, PromptMessage } from '../../protocol/ports/answers.ts';
import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { ChatReader } from '../../protocol/ports/chat-reader.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { findChecklist } from '../checklist.ts';
import { type CitationSource, findCitations } from '../citations.ts';
import type { DeedGate } from '../hands/create-hands.ts';
import type { RunnableModels } from '../local/open-local-model.ts';
import type { ChosenModel, Models } from '../models/create-models.ts';
import { openModel } from '../open-model.ts';
import { findQuotations } from '../quotations.ts';
import { type ToolSource, toolsOf } from '../tools/toolbox.ts';
import { termsFor } from './caller-terms.ts';
import type { LoopLimits } from './loop-limits.ts';
import { createOutsideMarks } from './outside-marks.ts';
import { type LoopInput, runLoop } from './run-loop.ts';
import { shownBefore, textBefore } from './shown-before.ts';
import { partialText, toPrompt } from './to-prompt.ts';

/** What answers by models are made with. */
export interface AnswerMeans {
  readonly models: Pick<Models, 'choose' | 'report'>;
  readonly reader: () => ChatReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly ids: () => string;
  readonly limits: LoopLimits;
  readonly breaker: Pick<Breaker, 'pass'>;
  readonly sources: readonly ToolSource[];
  readonly gate: DeedGate;
  readonly local: RunnableModels;
}

/** Answers for agents that think with a model. */
export class ModelAnswers {
  readonly #means: AnswerMeans;
  /** Models that refused tools since the node started. */
  readonly #withoutTools = new Set<string>();

  constructor(means: AnswerMeans) {
    this.#means = means;
  }

  /** Where the answer comes from, then all it is made of. Aborting `signal` rejects; everything else is a FailureError. */
  async *answer(agent: AgentView, request: AnswerRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const chosen = await this.#choose(agent, request, signal);
    signal.throwIfAborted();
    const { model, providerName, reason } = chosen;
    const { ref, modelId, location, providerId } = model;
    yield { kind: 'provenance', provenance: { kind: 'model', ref, modelId, providerName, location, reason } };
    const { models } = this.#means;
    let isHeard = false;
    try {
      for await (const event of this.#withRemains(agent, request, chosen, signal)) {
        // With its first word the model has answered, however long the rest takes.
        if (!isHeard) models.report(providerId, null);
        isHeard = true;
        yield event;
      }
    } catch (error) {
      const failure = failureOf(error);
      if (failure && !signal.aborted) models.report(providerId, failure);
      throw error;
    }
  }

  #choose(agent: AgentView, request: AnswerRequest, signal: AbortSignal): Promise<ChosenModel> {
    const { model, modelChosenBy } = request;
    const chat = modelChosenBy === 'chat' ? model : null;
    const caller = modelChosenBy === 'caller' ? model : null;
    return this.#means.models.choose({ chat, caller, agent: agent.model }, signal);
  }

  /** Puts what the agent leaves behind before the end of its answer. */
  async *#withRemains(
    agent: AgentView,
    request: AnswerRequest,
    chosen: ChosenModel,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent> {
    const sources: CitationSource[] = [];
    let text = request.isContinuation ? textBefore(request.history) : '';
    const loop = await this.#loop(agent, request, chosen, { sources, signal });
    for await (const event of runLoop(loop)) {
      if (event.kind === 'text') text += event.text;
      if (event.kind === 'finish') {
        if (request.isContinuation && findQuotations(text, 1).length > 0) {
          sources.unshift(...(await shownBefore(request.history, loop.means.tools, { ...loop.means.context, signal })));
        }
        yield* this.#remains(agent, request, text, sources);
      }
      yield event;
    }
  }

  async *#remains(
    agent: AgentView,
    request: AnswerRequest,
    text: string,
    shown: readonly CitationSource[],
  ): AsyncGenerator<AnswerEvent> {
    if (agent.leaves === 'checklist') {
      const items = findChecklist(text);
      if (items.length > 0) yield { kind: 'checklist', items };
    }
    // Whoever was shown files of a collection quotes them, so what it says is compared, whichever agent it is.
    if (agent.leaves === 'citations' || shown.some(({ kind }) => kind === 'file')) {
      const files = await this.#attachedTexts(request.conversationId, request.history);
      const citations = findCitations(text, [...shown, ...files]);
      if (citations.length > 0) yield { kind: 'citations', citations };
    }
  }

  /** Files of the conversation may be quoted from the prompt itself, or from what a tool read in an earlier answer. */
  async #attachedTexts(conversationId: string, history: readonly PromptMessage[]): Promise<readonly CitationSource[]> {
    const texts = history
      .flatMap((message) => (message.role === 'user' ? message.attachments : []))
      .filter(({ kind }) => kind === 'text');
    const sources = texts.map(async ({ id, name }): Promise<readonly CitationSource[]> => {
      const content = await this.#means.reader().readAttachment(conversationId, id);
      if (!content) return [];
      return [{ kind: 'attachment', attachmentId: id, name, text: new TextDecoder().decode(content.bytes) }];
    });
    return (await Promise.all(sources)).flat();
  }

  async #loop(
    agent: AgentView,
    request: AnswerRequest,
    chosen: ChosenModel,
    run: { readonly sources: CitationSource[]; readonly signal: AbortSignal },
  ): Promise<LoopInput> {
    const { model, access } = chosen;
    const { clock, log, ids, limits, reader, breaker, gate } = this.#means;
    const { conversationId, messageId, history, isContinuation, parameters } = request;
    const terms = termsFor(agent, request);
    const place = { agentId: agent.id, conversationId };
    const tools = this.#withoutTools.has(model.ref) ? [] : await toolsOf(this.#means.sources, { ...terms, ...place });
    const outside = createOutsideMarks(tools, ids());
    const { modelId, canSee } = model;
    const { language, context } = await openModel(chosen, this.#means);
    return {
      model: language,
      context,
      prompt: (hasTools) => {
        const hasReadTool = hasTools && tools.some(({ name }) => name === 'read_attachment');
        const guidance = tools.flatMap((tool) => tool.guidance ?? []);
        const frame = { instructions: terms.instructions, now: clock.now(), hasTools, guidance, outside };
        return toPrompt({ history, isContinuation }, frame, {
          reader: reader(),
          conversationId,
          modelId,
          canSee,
          hasReadTool,
        });
      },
      parameters,
      means: { tools, context: { ...place, reader: reader() }, clock, log, messageId, gate },
      mark: outside.mark,
      limits,
      clock,
      signal: run.signal,
      ids,
      breaker,
      hasThinkTags: access.kind === 'openai-compatible' || access.kind === 'local',
      partial: isContinuation ? partialText(history) : '',
      onToolsRefused: () => void this.#withoutTools.add(model.ref),
      onSources: (sources) => void run.sources.push(...sources),
    };
  }
}
