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
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'make-folder'; readonly path: string }
  | { readonly kind: 'remove-file'; readonly path: string; readonly sha256: string; readonly keptAs: string }
  /** Something outside of what Nunba can look at again or take back: a command, a page, a server's tool. */
  | { readonly kind: 'outside'; readonly what: string };

/** What is known of an effect whose end was not noted because the process ended in the middle. */
export type Settled = 'done' | 'not-done' | 'unknown';

/** What came of taking an effect back. `changed`: somebody changed the same thing since, so it was left alone. */
export type Undone =
  | { readonly kind: 'undone' }
  | { readonly kind: 'changed'; readonly path: string }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Looks at what effects left behind, and takes them back. One that was `outside` can be neither. */
export interface EffectKeeper {
  /** Whether an effect happened whose end was not noted. Removes what a half-done one left lying about. */
  settle(effect: Effect): Promise<Settled>;
  /** Takes a done effect back if everything is still as it left it. Of several, the last first. Repeating it is harmless. */
  undo(effect: Effect): Promise<Undone>;
}
