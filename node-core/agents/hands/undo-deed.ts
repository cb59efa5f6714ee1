import { FailureError } from '../../api/failures.ts';
import type { EffectKeeper } from '../../protocol/hands/effect.ts';
import type { UndoneDeed } from '../../protocol/ports/deed-records.ts';
import type { DeedStepTable } from '../../storage/hands-schema.ts';
import { type DeedJournal, isUndoable } from './deed-journal.ts';
import { readEffect } from './deed-rows.ts';

/** What came of taking a deed back. */
export interface UndoReport {
  readonly undoneCount: number;
  /** What was left, because it was changed since or cannot be taken back. */
  readonly left: { readonly path: string; readonly reason: string }[];
  /** For whoever keeps the answer; `null`: no answer is kept. */
  readonly undone: UndoneDeed | null;
}

/**
 * Takes back what a deed did, last step first. What somebody changed since is left alone and named, and can be tried
 * again. Throws `not-found` if there is no such deed or nothing to take back, `deed-running` while it is at work.
 */
export async function undoDeed(callId: string, journal: DeedJournal, keeper: EffectKeeper): Promise<UndoReport> {
  if (journal.isRunning(callId)) throw new FailureError({ kind: 'deed-running' });
  // A program that ended in the middle of a step left open whether that was done.
  await journal.endOf(callId);
  const row = await journal.row(callId);
  const steps = (await journal.steps(callId)).filter(isUndoable).toReversed();
  if (!row || steps.length === 0) throw new FailureError({ kind: 'not-found', what: 'deed' });
  const left: UndoReport['left'] = [];
  let undoneCount = 0;
  for (const step of steps) {
    const remainder = await undoStep(step, journal, keeper);
    if (remainder) left.push(remainder);
    else undoneCount += 1;
  }
  const undo = left.length === 0 ? ('undone' as const) : ('changed' as const);
  await journal.noteUndo(callId, undo);
  const { conversation_id: conversationId, message_id: messageId } = row;
  return { undoneCount, left, undone: messageId === null ? null : { conversationId, messageId, callId, undo } };
}

/** @returns what was left and why, or `null` if the step was taken back */
async function undoStep(
  step: DeedStepTable,
  journal: DeedJournal,
  keeper: EffectKeeper,
): Promise<UndoReport['left'][number] | null> {
  const effect = readEffect(step);
  if (!effect || effect.kind === 'outside') return { path: '', reason: 'it cannot be read' };
  const result = await keeper.undo(effect);
  await journal.noteStep(step, result.kind === 'undone' ? 'undone' : 'changed');
  switch (result.kind) {
    case 'undone':
      return null;
    case 'changed':
      return { path: result.path, reason: 'it was changed since' };
    case 'impossible':
      return { path: effect.kind === 'move' ? effect.to : effect.path, reason: result.reason.slice(0, 300) };
  }
}
