import type { Deed, FileChange } from '../hands/deed.ts';
import type { JsonValue } from '../json-value.ts';
import type { Approval, ToolOutcome } from './answers.ts';

/** What came of a deed. */
export interface DeedEnd {
  readonly outcome: ToolOutcome;
  /** A part of it was done and can be taken back. */
  readonly canUndo: boolean;
}

/** A deed that was begun for an answer. */
export interface BegunDeed {
  readonly callId: string;
  readonly toolName: string;
  readonly arguments: JsonValue;
  readonly deed: Deed;
  readonly approval: Approval;
}

/** Whether a deed can be taken back: not at all, still, it was, or only in parts because something changed since. */
export type UndoState = 'none' | 'possible' | 'undone' | 'changed';

export interface UndoneDeed {
  readonly conversationId: string;
  readonly messageId: string;
  readonly callId: string;
  readonly undo: UndoState;
}

/** Changes to files that came to an end in their middle. */
export interface RestOfDeed {
  /** As the tool was called; `null` where they are not kept any more. */
  readonly arguments: JsonValue;
  /** What has not happened, in its order. Empty: everything has. */
  readonly changes: readonly FileChange[];
  /** What has happened, in words. */
  readonly done: readonly string[];
}

/** The end of a deed that was told as not known when its answer ended. */
export interface LateEnd {
  readonly conversationId: string;
  readonly messageId: string;
  readonly callId: string;
  readonly end: DeedEnd;
}

/**
 * What agents did, as it was noted before and after each step. The chat asks it for the end of what was at work when an
 * answer ended or the program did. Filled by the agents.
 */
export interface DeedRecords {
  /** The end of a deed; waits a moment for one that is at work. `null`: nothing was begun under that id. */
  endOf(callId: string): Promise<DeedEnd | null>;
  /**
   * What is left of a deed, and of those of the same answer and tool that carried it on; `null`: it does not change files,
   * or it is not known what happened.
   */
  restOf(callId: string): Promise<RestOfDeed | null>;
  /** What was begun under an id; its arguments are `null` where they are not kept any more. `null`: nothing that can be read. */
  begunAs(callId: string): Promise<BegunDeed | null>;
  /** What was begun for an answer, in the order in which it was. */
  begunFor(messageId: string): Promise<readonly BegunDeed[]>;
  /** Waits a while for what is still at work for a conversation. `false`: something still is. */
  whenIdle(conversationId: string): Promise<boolean>;
  /** Told when a deed has ended whose end was asked for before. Returns what ends the telling. */
  onEndedLate(listener: (late: LateEnd) => Promise<void>): () => void;
  /** Told when the person takes a deed back. Returns what ends the telling. */
  onUndone(listener: (undone: UndoneDeed) => Promise<void>): () => void;
}
