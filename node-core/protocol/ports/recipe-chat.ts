import type { PromptPart } from './answers.ts';

/** An answer that has ended, and what was asked for. */
export interface EndedAnswer {
  readonly agentId: string;
  readonly prompt: string;
  readonly parts: readonly PromptPart[];
  /** How often a model was asked for it; `null`: that was not counted. */
  readonly modelCalls: number | null;
}

/** A turn that a recipe answers. */
export interface RecipeTurn {
  /** `null`: in a new conversation with this agent. */
  readonly conversationId: string | null;
  readonly agentId: string;
  /** What stands as the person's prompt. */
  readonly text: string;
  /** The message that the answer is kept in: a ULID that is not in use. */
  readonly answerId: string;
}

/** What recipes need of the chat. Filled by the chat domain. */
export interface RecipeChat {
  /** A finished answer that can be seen; `null`: there is none of that id, or it is not finished. */
  endedAnswer(messageId: string): Promise<EndedAnswer | null>;
  /** Begins the turn; the answerer is asked for it as for any other. Throws `turn-running`, `not-found`, `agents-paused`. */
  begin(turn: RecipeTurn): Promise<{ readonly conversationId: string }>;
  /** Whether a turn of the conversation waits or runs. */
  isRunning(conversationId: string): boolean;
}
