import { useTranslation } from 'react-i18next';
import type { MemberView } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ReasonForm } from './reason-form.tsx';

interface RevokeDialogProps {
  /** `null`: closed. */
  member: MemberView | null;
  /** The federation key is central's to change. */
  isCentral: boolean;
  onClose: () => void;
}

/** Ends a membership for good, with a reason. */
export function RevokeDialog({ member, isCentral, onClose }: RevokeDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={member !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={member ? t('members.revokeTitle', { name: member.nodeName }) : ''}
      description={t('members.revokeHint')}
      isForm
    >
      {member && <Revocation member={member} isCentral={isCentral} onClose={onClose} />}
    </Dialog>
  );
}

interface RevocationProps {
  member: MemberView;
  isCentral: boolean;
  onClose: () => void;
}

function Revocation({ member, isCentral, onClose }: RevocationProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const revoke = useCall('authority.revoke');
  const confirm = async (reason: string): Promise<void> => {
    const outcome = await revoke.run({ key: member.publicKey, reason });
    if (!outcome.isOk) return;
    toasts.show({ text: t('members.revoked', { name: member.nodeName }) });
    onClose();
  };
  return (
    <>
      <ul className="mb-4 list-disc space-y-1.5 ps-5 text-ink-2">
        <li>{t('members.revokeCertificate')}</li>
        {member.mayIssue && <li>{t('members.revokeLocals')}</li>}
        <li>{isCentral ? t('members.revokeKey') : t('members.revokeKeyOfCentral')}</li>
        <li>{t('members.revokeChats')}</li>
      </ul>
      <ReasonForm
        label={t('members.reason')}
        hint={t('members.revokeReasonHint')}
        demand={t('members.reasonMissing')}
        confirmLabel={t('members.revoke')}
        isBusy={revoke.isRunning}
        failure={revoke.failure}
        onConfirm={(reason) => void confirm(reason)}
        onCancel={onClose}
      />
    </>
  );
}
