/**
 * One side effect of a deed, with what is needed to tell later whether it happened and to take it back. Hashes are
 * SHA-256 of the file's bytes, hex. `keptAs` names a copy in Nunba's own undo folder.
 */
export type Effect =
  | {
      readonly kind: 'write-file';
      readonly path: string;
      /** `null`: there was no such file. */
      readonly before: { readonly sha256: string; readonly keptAs: string } | null;
      readonly afterSha256: string;
    }
  | {
      readonly kind: 'move';
      readonly from: string;
      readonly to: string;
      /** What was moved. Absent of moves that were noted before this was. */
      readonly what?: FileMark | undefined;
    }
  | { readonly kind: 'make-folder'; readonly path: string }
  | { readonly kind: 'remove-file'; readonly path: string; readonly sha256: string; readonly keptAs: string }
  /** Something outside of what Nunba can look at again or take back: a command, a page, a server's tool. */
  | { readonly kind: 'outside'; readonly what: string };

/** By what a file or folder is known again. */
export interface FileMark {
  /** Which one it is, whatever its name and its content. */
  readonly id: string;
  /** Which content a file had, by its size and time; `null`: a folder. */
  readonly content: string | null;
}

/** What is known of an effect whose end was not noted because the process ended in the middle. */
export type Settled = 'done' | 'not-done' | 'unknown';

/** What came of taking an effect back. Everything but the first two left alone what is there. */
export type Undone =
  | { readonly kind: 'undone' }
  /** Moved back with the content that somebody has given it since. */
  | { readonly kind: 'undone-newer'; readonly path: string }
  /** Somebody changed the same thing since. */
  | { readonly kind: 'changed'; readonly path: string }
  /** What was moved is not there any more. */
  | { readonly kind: 'missing'; readonly path: string }
  /** Another file has taken the place of what was moved. */
  | { readonly kind: 'replaced'; readonly path: string }
  /** Something stands at the old place of what was moved. */
  | { readonly kind: 'taken'; readonly path: string }
  /** The folder that it came from is not there any more, or a link by now. */
  | { readonly kind: 'no-folder'; readonly path: string }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Looks at what effects left behind, and takes them back. One that was `outside` can be neither. */
export interface EffectKeeper {
  /** Whether an effect happened whose end was not noted. Removes what a half-done one left lying about. */
  settle(effect: Effect): Promise<Settled>;
  /** Takes a done effect back if everything is still as it left it. Of several, the last first. Repeating it is harmless. */
  undo(effect: Effect): Promise<Undone>;
}
