import { FailureError } from '../../api/failures.ts';
import type { EffectKeeper, Undone } from '../../protocol/hands/effect.ts';
import type { UndoneDeed } from '../../protocol/ports/deed-records.ts';
import type { DeedStepTable } from '../../storage/hands-schema.ts';
import { type DeedJournal, isUndoable } from './deed-journal.ts';
import { readEffect } from './deed-rows.ts';

/** What came of taking a deed back. */
export interface UndoReport {
  readonly undoneCount: number;
  /** Files that were moved back with the content that somebody has given them since. */
  readonly newer: string[];
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
  const newer: string[] = [];
  for (const step of steps) {
    const { result, place } = await undoStep(step, keeper);
    const reason = reasonOf(result);
    await journal.noteStep(step, reason === null ? 'undone' : 'changed');
    if (result.kind === 'undone-newer') newer.push(place);
    if (reason !== null) left.push({ path: place, reason });
  }
  const undoneCount = steps.length - left.length;
  const undo = left.length === 0 ? ('undone' as const) : ('changed' as const);
  await journal.noteUndo(callId, undo);
  const { conversation_id: conversationId, message_id: messageId } = row;
  return { undoneCount, newer, left, undone: messageId === null ? null : { conversationId, messageId, callId, undo } };
}

/** @returns with the place that it is about */
async function undoStep(
  step: DeedStepTable,
  keeper: EffectKeeper,
): Promise<{ readonly result: Undone; readonly place: string }> {
  const effect = readEffect(step);
  if (!effect || effect.kind === 'outside') throw new Error('a step that cannot be taken back is none of these');
  const result = await keeper.undo(effect);
  const place = effect.kind === 'move' ? effect.to : effect.path;
  return { result, place: 'path' in result ? result.path : place };
}

/** Why a step was left; `null`: it was taken back. */
function reasonOf(result: Undone): string | null {
  switch (result.kind) {
    case 'undone':
    case 'undone-newer':
      return null;
    case 'changed':
      return 'it was changed since';
    case 'missing':
      return 'it is not there any more';
    case 'replaced':
      return 'another file has taken its place since';
    case 'taken':
      return 'something else stands at its old place';
    case 'no-folder':
      return 'the folder that it came from is not there any more';
    case 'impossible':
      return result.reason.slice(0, 300);
  }
}
