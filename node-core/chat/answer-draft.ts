import { z } from 'zod';
import type { AssistantMessageView, MessagePart, TurnState } from '../api/conversation-views.ts';
import { deedSchema } from '../api/hands-views.ts';
import type { SaidItem } from '../protocol/checklist-merge.ts';
import type { Deed } from '../protocol/hands/deed.ts';
import type { JsonValue } from '../protocol/json-value.ts';
import type { AnswerEvent, Approval, ToolOutcome } from '../protocol/ports/answers.ts';
import type { DeedEnd, UndoState } from '../protocol/ports/deed-records.ts';
import { type StoredAnswer, unsettledCalls, withoutOpenTools } from './stored-message.ts';

/** What one event changed: text that grew, something else of the message, or nothing that is shown. */
export type DraftChange =
  | { readonly kind: 'text'; readonly part: number; readonly offset: number; readonly text: string }
  | { readonly kind: 'message' }
  | { readonly kind: 'nothing' };

type Timing = NonNullable<AssistantMessageView['timing']>;

const longestToolFailure = 2000;
const mostCitations = 100;

/** An answer while it is being written. Continuing an answer starts from what is there. */
export class AnswerDraft {
  readonly #base: StoredAnswer;
  #state: TurnState = { kind: 'queued' };
  readonly #parts: MessagePart[];
  #provenance: StoredAnswer['provenance'];
  #timing: StoredAnswer['timing'];
  #askedAt: number | null = null;
  #firstTokenAt: number | null = null;
  #usage: Pick<Timing, 'inputTokens' | 'outputTokens' | 'modelCalls'> = { inputTokens: null, outputTokens: null };
  #checklist: readonly SaidItem[] | null = null;

  constructor(base: StoredAnswer) {
    this.#base = base;
    // Citations are found anew when the whole answer is there.
    this.#parts = base.parts.filter((part) => part.kind !== 'citations').map((part) => ({ ...part }));
    this.#provenance = base.provenance;
    this.#timing = base.timing;
  }

  get id(): string {
    return this.#base.id;
  }

  get conversationId(): string {
    return this.#base.conversationId;
  }

  get agentId(): string {
    return this.#base.agentId;
  }

  get state(): TurnState {
    return this.#state;
  }

  /** A tool waits for the person's permission: nobody is at work on the answer meanwhile. */
  get isWaiting(): boolean {
    return this.#parts.some((part) => part.kind === 'tool' && part.outcome === null && part.approval.kind === 'asked');
  }

  /** The list the answer leaves, if it leaves one. */
  get checklist(): readonly SaidItem[] | null {
    return this.#checklist;
  }

  /** The answer as it stands; later events do not change it. */
  snapshot(): StoredAnswer {
    return {
      ...this.#base,
      state: this.#state,
      parts: this.#parts.map((part) => ({ ...part })),
      provenance: this.#provenance,
      timing: this.#timing,
    };
  }

  /** The provider is asked now. @param at monotonic, ms */
  start(at: number): void {
    this.#state = { kind: 'streaming' };
    this.#askedAt = at;
  }

  /** Takes what arrived. @param at monotonic, ms */
  take(event: AnswerEvent, at: number): DraftChange {
    switch (event.kind) {
      case 'text':
      case 'reasoning':
        return this.#grow(event.kind, event.text, at);
      case 'tool-call':
        return this.#callTool(event.callId, event.toolName, event.arguments, at);
      case 'tool-deed':
        return this.#noteDeed(event.callId, event.deed, event.approval);
      case 'tool-outcome':
        return this.#endTool(event.callId, event.outcome, event.canUndo);
      case 'provenance':
        this.#provenance = event.provenance;
        return { kind: 'message' };
      case 'citations':
        if (event.citations.length === 0) return { kind: 'nothing' };
        this.#parts.push({ kind: 'citations', citations: event.citations.slice(0, mostCitations) });
        return { kind: 'message' };
      case 'checklist':
        this.#checklist = event.items;
        return { kind: 'nothing' };
      case 'usage':
        this.#usage = usageOf(event);
        return { kind: 'nothing' };
      case 'finish':
        return { kind: 'nothing' };
    }
  }

  /** The answer has ended in `state`. @param at monotonic, ms */
  end(state: TurnState, at: number): void {
    this.#state = state;
    const closed = withoutOpenTools(this.#parts);
    this.#parts.splice(0, this.#parts.length, ...closed);
    if (this.#askedAt === null) return;
    this.#timing = addTiming(this.#base.timing, {
      firstTokenMs: this.#firstTokenAt === null ? null : this.#firstTokenAt - this.#askedAt,
      durationMs: at - this.#askedAt,
      ...this.#usage,
    });
  }

  /** Uses of tools that were at work when the answer ended, and may have done something all the same. */
  get unsettledCalls(): readonly string[] {
    return unsettledCalls(this.#parts);
  }

  /** The end of a deed, found out after the answer ended. */
  settle(callId: string, end: DeedEnd): void {
    this.#endTool(callId, end.outcome, end.canUndo);
  }

  /** What a tool did was taken back. `false`: it is not of this answer. */
  noteUndo(callId: string, undo: UndoState): boolean {
    const part = this.#toolPart(callId);
    if (part) part.undo = undo;
    return part !== null;
  }

  #grow(kind: 'text' | 'reasoning', text: string, at: number): DraftChange {
    if (text === '') return { kind: 'nothing' };
    this.#firstTokenAt ??= at;
    const last = this.#parts.at(-1);
    if (last?.kind !== kind) {
      this.#parts.push({ kind, text });
      return { kind: 'message' };
    }
    const offset = last.text.length;
    last.text += text;
    return { kind: 'text', part: this.#parts.length - 1, offset, text };
  }

  #callTool(callId: string, toolName: string, given: JsonValue, at: number): DraftChange {
    this.#firstTokenAt ??= at;
    this.#parts.push({
      kind: 'tool',
      callId: callId.slice(0, 200),
      toolName: toolName.slice(0, 100),
      arguments: z.json().parse(given),
      outcome: null,
      deed: null,
      approval: { kind: 'not-needed' },
      undo: 'none',
    });
    return { kind: 'message' };
  }

  #noteDeed(callId: string, deed: Deed, approval: Approval): DraftChange {
    const part = this.#toolPart(callId);
    if (!part) return { kind: 'nothing' };
    part.deed = deedSchema.parse(deed);
    part.approval = approval;
    return { kind: 'message' };
  }

  #endTool(callId: string, outcome: ToolOutcome, canUndo: boolean): DraftChange {
    const part = this.#toolPart(callId);
    if (!part) return { kind: 'nothing' };
    part.outcome = readOutcome(outcome);
    part.undo = canUndo ? 'possible' : 'none';
    return { kind: 'message' };
  }

  #toolPart(callId: string): Extract<MessagePart, { kind: 'tool' }> | null {
    const part = this.#parts.findLast((each) => each.kind === 'tool' && each.callId === callId.slice(0, 200));
    return part?.kind === 'tool' ? part : null;
  }
}

const readOutcome = (outcome: ToolOutcome) => {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done' as const, value: z.json().parse(outcome.value) };
    case 'failed':
      return { kind: 'failed' as const, message: outcome.message.slice(0, longestToolFailure) };
    case 'stopped':
      return { kind: 'stopped' as const };
  }
};

/** A continued answer took as long, and as many tokens, as all its pieces together. */
const addTiming = (before: Timing | null, now: Timing): Timing => ({
  firstTokenMs: before?.firstTokenMs ?? now.firstTokenMs,
  durationMs: (before?.durationMs ?? 0) + now.durationMs,
  inputTokens: addTokens(before?.inputTokens ?? null, now.inputTokens),
  outputTokens: addTokens(before?.outputTokens ?? null, now.outputTokens),
  ...addCalls(before, now),
});

const usageOf = ({ inputTokens, outputTokens, modelCalls }: Extract<AnswerEvent, { kind: 'usage' }>) =>
  modelCalls === undefined ? { inputTokens, outputTokens } : { inputTokens, outputTokens, modelCalls };

/** Known only if both are: a part that was not counted makes the whole unknown. */
const addCalls = (before: Timing | null, now: Timing): Pick<Timing, 'modelCalls'> => {
  if (now.modelCalls === undefined || (before !== null && before.modelCalls === undefined)) return {};
  return { modelCalls: (before?.modelCalls ?? 0) + now.modelCalls };
};

const addTokens = (one: number | null, other: number | null): number | null =>
  one === null ? other : one + (other ?? 0);
