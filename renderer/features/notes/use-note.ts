import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { NoteView } from '../../../node-core/api/notes-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';

/** A note as the node has it; read again whenever somebody changes it. */
export function useNote(id: string): {
  readonly note: NoteView | null;
  readonly failure: Failure | null;
  /** What a save answered with. */
  readonly take: (note: NoteView) => void;
} {
  const [note, setNote] = useState<NoteView | null>(null);
  const { run, failure } = useCall('notes.read');
  const summary = useWatched('notes.watch', { query: '' }).value?.notes.find((each) => each.id === id);
  const changedAt = summary?.updatedAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change by somebody else is the reason to read again
  useEffect(() => {
    let isWanted = true;
    void run({ id }).then((outcome) => {
      if (isWanted && outcome.isOk) setNote(outcome.value);
    });
    return () => {
      isWanted = false;
    };
  }, [id, run, changedAt]);
  return { note, failure, take: useCallback((saved: NoteView) => setNote(saved), []) };
}
