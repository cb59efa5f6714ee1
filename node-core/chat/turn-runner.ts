import { FailureError } from '../api/failures.ts';
import type { AnswerRequest } from '../protocol/ports/answers.ts';
import type { DeedEnd, UndoState } from '../protocol/ports/deed-records.ts';
import { AnswerDraft } from './answer-draft.ts';
import type { StoredAnswer } from './stored-message.ts';
import { Turn, type TurnWorld } from './turn.ts';

/** Turns that run at once, without those that wait for the person; the others wait in order. */
const mostAtOnce = 4;

/** A conversation's right to one turn, taken before anything is written. */
export interface Claim {
  readonly conversationId: string;
  isStopped: boolean;
  turn: Turn | null;
}

/** Runs turns: one per conversation, four at once, the rest in order of arrival. */
export class TurnRunner {
  readonly #world: TurnWorld;
  readonly #claims = new Map<string, Claim>();
  readonly #drafts = new Map<string, AnswerDraft>();
  readonly #waiting: Turn[] = [];
  readonly #active = new Set<Turn>();
  #isStopping = false;

  /** @param world what turns work with; `ended` is told after the conversation is free again */
  constructor(world: TurnWorld) {
    this.#world = {
      ...world,
      show: (draft, change) => {
        world.show(draft, change);
        // A turn that begins to wait for the person leaves its place to the next one.
        if (draft.isWaiting) this.#startWaiting();
      },
      ended: (turn) => this.#ended(turn, world.ended),
    };
  }

  /** Turns that are about to start, wait, or run. */
  count(): number {
    return this.#claims.size;
  }

  isRunning(conversationId: string): boolean {
    return this.#claims.has(conversationId);
  }

  /** The answer as it stands while its turn is queued or running, else `null`. */
  live(messageId: string): StoredAnswer | null {
    return this.#drafts.get(messageId)?.snapshot() ?? null;
  }

  /** Notes in an answer that is at work that what a tool did was taken back; `false`: no such answer is. */
  noteUndo(messageId: string, callId: string, undo: UndoState): boolean {
    return this.#drafts.get(messageId)?.noteUndo(callId, undo) ?? false;
  }

  /** Notes in an answer that is at work what a deed came to that had not ended with it; `false`: no such answer is. */
  noteEnd(messageId: string, callId: string, end: DeedEnd): boolean {
    const draft = this.#drafts.get(messageId);
    draft?.settle(callId, end);
    return draft !== undefined;
  }

  /** Takes the conversation's turn. Throws `turn-running` if it has one. Must be followed by `prepare` or `release`. */
  claim(conversationId: string): Claim {
    if (this.#isStopping || this.#claims.has(conversationId)) throw new FailureError({ kind: 'turn-running' });
    const claim: Claim = { conversationId, isStopped: false, turn: null };
    this.#claims.set(conversationId, claim);
    return claim;
  }

  /** Gives the turn back: nothing was started. */
  release(claim: Claim): void {
    if (this.#claims.get(claim.conversationId) === claim) this.#claims.delete(claim.conversationId);
  }

  /** The queued answer counts as live from now on; `begin` must follow. */
  prepare(claim: Claim, answer: StoredAnswer, request: () => Promise<AnswerRequest>): void {
    const draft = new AnswerDraft(answer);
    claim.turn = new Turn(this.#world, draft, request);
    this.#drafts.set(draft.id, draft);
  }

  /** Asks for the answer as soon as a place is free, unless the turn was stopped before. */
  begin({ conversationId, isStopped, turn }: Claim): void {
    if (turn === null || this.#claims.get(conversationId)?.turn !== turn) return;
    if (this.#isStopping) void turn.interrupt();
    else if (isStopped) void turn.stop();
    else this.#waiting.push(turn);
    this.#startWaiting();
  }

  /** Stops the conversation's turn, if it has one; resolves when the end is durable. */
  async stop(conversationId: string): Promise<void> {
    const claim = this.#claims.get(conversationId);
    if (!claim) return;
    claim.isStopped = true;
    await claim.turn?.stop();
  }

  /** Stops every turn, waiting or running, of the agents that `isMeant` names; resolves when all ends are durable. */
  async stopWhere(isMeant: (agentId: string) => boolean): Promise<void> {
    const turns = [...this.#claims.values()].flatMap(({ turn }) => (turn && isMeant(turn.draft.agentId) ? [turn] : []));
    await Promise.all(turns.map((turn) => turn.stop()));
  }

  /** Ends every turn as interrupted and takes no more. */
  async stopAll(): Promise<void> {
    this.#isStopping = true;
    while (this.#claims.size > 0) {
      await Promise.all([...this.#claims.values()].map((claim) => claim.turn?.interrupt()));
      // A claim without a turn is about to get one, or to be given back.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  #startWaiting(): void {
    while ([...this.#active].filter(({ draft }) => !draft.isWaiting).length < mostAtOnce) {
      const turn = this.#waiting.shift();
      if (!turn) return;
      this.#active.add(turn);
      void turn.run();
    }
  }

  async #ended(turn: Turn, tell: TurnWorld['ended']): Promise<void> {
    const { conversationId, id } = turn.draft;
    this.#claims.delete(conversationId);
    this.#active.delete(turn);
    const place = this.#waiting.indexOf(turn);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#world.show(turn.draft, { kind: 'message' });
    this.#drafts.delete(id);
    await tell(turn);
    this.#startWaiting();
  }
}
