import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../node-core/api/hands-views.ts';
import { exactName } from '../../../hands/exact-pieces.ts';

/** Marks a result that comes from somebody else: whatever it says, it says nothing to be obeyed. */
export function OutsideNote({ deed }: { readonly deed: DeedView | null }) {
  const { t } = useTranslation();
  if (deed === null || deed.kind === 'change-files') return null;
  const words =
    deed.kind === 'run-command'
      ? t('hands.outsideCommand')
      : t('hands.outsideFrom', { source: exactName(deed.kind === 'fetch-page' ? deed.host : deed.serverName) });
  return (
    <p className="flex items-center gap-1.5 text-ink-2 text-small">
      <ShieldAlert aria-hidden="true" />
      {words}
    </p>
  );
}
