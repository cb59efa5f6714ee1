import type { Effect } from '../../../protocol/hands/effect.ts';
import { type EffectNotes, type ToolContext, ToolRefusal, type ToolResult } from '../../tools/tool.ts';
import { codeOf } from '../disk/files.ts';
import type { PathLocks } from '../disk/path-locks.ts';
import { PlaceTaken } from '../disk/place-file.ts';
import { NotKept } from '../undo/undo-store.ts';

/** One side effect of a deed. */
export interface Step {
  /** As the model is told it: `moved a.txt to inner/a.txt`. */
  readonly label: string;
  /** Makes sure that it can be done and taken back; what it returns is noted before `act` is called. */
  prepare(): Promise<{ readonly effect: Effect; act(): Promise<void> }>;
}

/**
 * Does steps one after another, each noted before and after. One that fails ends the rest: if it was the first the
 * deed is refused, else the result says exactly what was done and what was not.
 */
export async function performSteps(
  steps: readonly Step[],
  notes: EffectNotes,
  { signal }: Pick<ToolContext, 'signal'>,
  locks: PathLocks,
): Promise<ToolResult> {
  const done: string[] = [];
  for (const { label, prepare } of steps) {
    try {
      signal.throwIfAborted();
      const { effect, act } = await prepare();
      signal.throwIfAborted();
      const actUnlessStopped = (): Promise<void> => {
        // It may have waited for another agent at the same file.
        signal.throwIfAborted();
        return act();
      };
      await notes.act(effect, () => locks.run(effect, actUnlessStopped));
      done.push(label);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      if (done.length === 0) throw new ToolRefusal(`Nothing was changed: ${reason}`);
      const notDone = steps.slice(done.length).map((step) => step.label);
      return { value: { end: 'partly', reason, done, notDone }, sources: [] };
    }
  }
  return { value: { end: 'done', done }, sources: [] };
}

/** What the model is told of a failure that nobody could rule out before; `null` for a bug or a stop. */
function reasonOf(error: unknown): string | null {
  if (error instanceof ToolRefusal || error instanceof NotKept) return error.message;
  if (error instanceof PlaceTaken) return 'Something stands there already.';
  const code = codeOf(error);
  return code === '' ? null : (codes[code] ?? `The disk refused it (${code}).`);
}

const codes: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk is full for this person.',
  EACCES: 'Permission was denied.',
  EPERM: 'It is not permitted.',
  EROFS: 'The disk can only be read.',
  EBUSY: 'Another program has it open.',
};
