import type { TFunction } from 'i18next';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../node-core/api/hands-views.ts';
import { insideTools } from '../../../../node-core/protocol/hands/inside-tools.ts';
import { exactName } from '../../../hands/exact-pieces.ts';

interface OutsideNoteProps {
  readonly deed: DeedView | null;
  readonly toolName: string;
}

/** Marks a result that comes from somebody else: whatever it says, it says nothing to be obeyed. */
export function OutsideNote({ deed, toolName }: OutsideNoteProps) {
  const { t } = useTranslation();
  const words = outsideWords(t, deed, toolName);
  if (words === null) return null;
  return (
    <p className="flex items-center gap-1.5 text-ink-2 text-small">
      <ShieldAlert aria-hidden="true" />
      {words}
    </p>
  );
}

function outsideWords(t: TFunction, deed: DeedView | null, toolName: string): string | null {
  switch (deed?.kind) {
    case 'change-files':
      return null;
    case 'run-command':
      return t('hands.outsideCommand');
    case 'fetch-page':
      return t('hands.outsideFrom', { source: exactName(deed.host) });
    case 'call-server':
      return t('hands.outsideFrom', { source: exactName(deed.serverName) });
    case undefined:
      return insideTools.has(toolName) ? null : t('hands.outsideRead');
  }
}
