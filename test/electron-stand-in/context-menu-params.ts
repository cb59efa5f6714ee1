import type { ContextMenuParams } from 'electron';
import type { FromPage } from './page/messages.ts';
import { fromWeb } from './schemes.ts';

/** What Electron says of the place where the person asked for a menu. The stand-in checks no spelling. */
export function contextMenuParams(seen: Extract<FromPage, { kind: 'context-menu' }>): Partial<ContextMenuParams> {
  const { x, y, selectionText, isEditable } = seen;
  const canCopy = selectionText !== '';
  return {
    x,
    y,
    selectionText,
    isEditable,
    linkURL: fromWeb(seen.linkURL),
    srcURL: fromWeb(seen.srcURL),
    linkText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    mediaType: seen.srcURL ? 'image' : 'none',
    editFlags: {
      canUndo: false,
      canRedo: false,
      canCut: canCopy && isEditable,
      canCopy,
      canPaste: isEditable,
      canDelete: canCopy && isEditable,
      canSelectAll: true,
      canEditRichly: false,
    },
  };
}
