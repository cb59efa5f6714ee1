import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedInvite } from '../../../node-core/api/trust-views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useHold } from '../../use-hold.ts';
import { InviteForm } from './invite-form.tsx';
import { NewInvite } from './new-invite.tsx';

interface InviteDialogProps {
  isOpen: boolean;
  isCentral: boolean;
  onClose: () => void;
}

/** Makes an invite and shows it this one time. */
export function InviteDialog({ isOpen, isCentral, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<CreatedInvite | null>(null);
  useHold(isOpen && made !== null);
  const close = (): void => {
    setMade(null);
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && close()}
      title={made ? t('members.inviteMade') : t('members.invite')}
      description={made ? t('members.shownOnce') : t(isCentral ? 'members.invitesRegionals' : 'members.invitesLocals')}
      size={made ? 'lg' : 'md'}
      isForm
    >
      {made ? (
        <NewInvite made={made} onClose={close} />
      ) : (
        <InviteForm isCentral={isCentral} onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  );
}
