import { useTranslation } from 'react-i18next';
import { allowedWords } from '../../../hands/allowed-words.ts';
import { deedHeadline } from '../../../hands/deed-headline.ts';
import { UndoButton, UndoReport } from '../../../hands/undo-parts.tsx';
import { useUndo } from '../../../hands/use-undo.ts';
import type { Tool } from './tool.ts';

/** How a deed came to be allowed, or not, and the way to take it back. Nothing for what needed nobody. */
export function AllowedLine({ part }: { readonly part: Tool }) {
  const { t } = useTranslation();
  const { approval, deed, undo } = part;
  const undoing = useUndo(part.callId);
  const words = approval.kind === 'asked' ? t('hands.allowed.unanswered') : allowedWords(t, approval);
  if (words === null || deed === null) return null;
  return (
    <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-3 gap-y-1.5 border-line border-t px-3.5 py-1">
      <p className="text-ink-2 text-small">{words}</p>
      <UndoButton undo={undo} undoing={undoing} what={deedHeadline(t, deed)} />
      <UndoReport undoing={undoing} />
    </div>
  );
}
