import { FailureError } from '../../api/failures.ts';
import { deedSchema, type WaitingDeed } from '../../api/hands-views.ts';
import type { Deed } from '../../protocol/hands/deed.ts';
import type { PermissionAnswer } from '../../protocol/hands/permission.ts';

/** A deed that is put to the person. */
export interface Question {
  readonly callId: string;
  readonly conversationId: string;
  readonly agentId: string;
  readonly toolName: string;
  readonly deed: Deed;
  /** ms since the epoch */
  readonly since: number;
}

interface Waiting {
  readonly question: WaitingDeed;
  readonly answered: (answer: PermissionAnswer) => void;
}

/** Deeds that wait for the person. They live as long as their answer does, and no longer than the process. */
export class Approvals {
  readonly #waiting = new Map<string, Waiting>();
  readonly #changed: () => void;

  /** @param changed called after every change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Oldest first. */
  all(): readonly WaitingDeed[] {
    return [...this.#waiting.values()].map(({ question }) => question);
  }

  /** Waits for the person's answer, however long that takes. Aborting `signal` rejects with its reason. */
  async ask(question: Question, signal: AbortSignal): Promise<PermissionAnswer> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<PermissionAnswer>();
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const shown = { ...question, deed: deedSchema.parse(question.deed) };
    this.#waiting.set(question.callId, { question: shown, answered: resolve });
    this.#changed();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#waiting.delete(question.callId);
      this.#changed();
    }
  }

  /** Hands over what the person answered. Throws `not-found` if nothing of that id waits (any more). */
  answer(callId: string, answer: PermissionAnswer): void {
    const waiting = this.#waiting.get(callId);
    if (!waiting) throw new FailureError({ kind: 'not-found', what: 'deed' });
    waiting.answered(answer);
  }
}
