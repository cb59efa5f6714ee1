import type { Deed, FileChange } from './deed.ts';
import type { Effect } from './effect.ts';

/**
 * Whether everything that a deed was to do has happened, by the effects that did. Only of changes to files can that be
 * told: what came of a command, a page or a server's tool is not among its effects. Pure.
 */
export function isWholeDeed(deed: Deed, happened: readonly Effect[]): boolean {
  if (deed.kind !== 'change-files' || deed.changes.length === 0) return false;
  return deed.changes.every((change) => isIn(change, happened));
}

/**
 * What is left of changes to files of which some have happened, in their order; `null` for any other deed, and where one
 * of them is half done in itself, a copy without its removal. Pure.
 */
export function changesLeft(deed: Deed, happened: readonly Effect[]): readonly FileChange[] | null {
  if (deed.kind !== 'change-files') return null;
  const left = deed.changes.filter((change) => !isIn(change, happened));
  const isCopied = ({ to }: { readonly to: string }): boolean =>
    happened.some((effect) => effect.kind === 'write-file' && effect.path === to);
  return left.some((change) => change.kind === 'move' && isCopied(change)) ? null : left;
}

function isIn(change: FileChange, happened: readonly Effect[]): boolean {
  const has = (isMeant: (effect: Effect) => boolean): boolean => happened.some(isMeant);
  const isWritten = (path: string): boolean => has((effect) => effect.kind === 'write-file' && effect.path === path);
  switch (change.kind) {
    case 'create':
    case 'rewrite':
      return isWritten(change.path);
    case 'make-folder':
      return has((effect) => effect.kind === 'make-folder' && effect.path === change.path);
    case 'remove':
      return has((effect) => effect.kind === 'remove-file' && effect.path === change.path);
    case 'move': {
      const { from, to } = change;
      // To another disk it is a copy and a removal.
      const isCopied = isWritten(to) && has((effect) => effect.kind === 'remove-file' && effect.path === from);
      return isCopied || has((effect) => effect.kind === 'move' && effect.from === from && effect.to === to);
    }
  }
}
