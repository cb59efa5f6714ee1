import { useTranslation } from 'react-i18next';
import type { RequestView } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ReasonForm } from './reason-form.tsx';

interface RejectDialogProps {
  /** `null`: closed. */
  request: RequestView | null;
  onClose: () => void;
}

/** Turns a request down. */
export function RejectDialog({ request, onClose }: RejectDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={request !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={request ? t('members.rejectTitle', { name: request.nodeName }) : ''}
      description={t('members.rejectHint')}
      size="sm"
      isForm
    >
      {request && <Rejection request={request} onClose={onClose} />}
    </Dialog>
  );
}

function Rejection({ request: { id, nodeName: name }, onClose }: { request: RequestView; onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const reject = useCall('authority.reject');
  const confirm = async (reason: string): Promise<void> => {
    const outcome = await reject.run({ id, reason });
    if (!outcome.isOk) return;
    toasts.show({ text: t('members.rejected', { name }) });
    onClose();
  };
  return (
    <ReasonForm
      label={t('members.reason')}
      hint={t('members.rejectReasonHint')}
      demand={null}
      confirmLabel={t('members.reject')}
      isBusy={reject.isRunning}
      failure={reject.failure}
      onConfirm={(reason) => void confirm(reason)}
      onCancel={onClose}
    />
  );
}
