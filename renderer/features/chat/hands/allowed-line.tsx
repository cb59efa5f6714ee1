import { useTranslation } from 'react-i18next';
import { allowedWords } from '../../../hands/allowed-words.ts';
import type { Tool } from './tool.ts';

/** How a deed came to be allowed, or not. Nothing for what needed nobody. */
export function AllowedLine({ part }: { readonly part: Tool }) {
  const { t } = useTranslation();
  const { approval, outcome } = part;
  const isUnanswered = approval.kind === 'asked' && outcome !== null;
  const words = isUnanswered ? t('hands.allowed.unanswered') : allowedWords(t, approval);
  if (words === null) return null;
  return (
    <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-line border-t px-3.5 py-1">
      <p className="text-ink-2 text-small">{words}</p>
    </div>
  );
}
