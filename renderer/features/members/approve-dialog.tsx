import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Switch } from '../../ui/field.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { useToasts } from '../../ui/toast.tsx';

interface ApproveDialogProps {
  /** `null`: closed. */
  request: RequestView | null;
  onClose: () => void;
}

/** Lets a node in, once its words were compared. */
export function ApproveDialog({ request, onClose }: ApproveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={request !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={request ? t('members.approveTitle', { name: request.nodeName }) : ''}
      description={t('members.compare')}
    >
      {request && <Approval request={request} onClose={onClose} />}
    </Dialog>
  );
}

function Approval({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const approve = useCall('authority.approve');
  const [mayIssue, setMayIssue] = useState(false);
  const { id, nodeName: name, tier, words } = request;
  const confirm = async (): Promise<void> => {
    const outcome = await approve.run({ id, mayIssue });
    if (!outcome.isOk) return;
    toasts.show({ text: t('members.approved', { name }) });
    onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      {words !== null && <FourWords words={words} isLarge />}
      <p className="text-ink-2 text-small">{t('members.ifOtherWords')}</p>
      {tier === 'regional' && (
        <Switch label={t('members.mayIssue')} hint={t('members.mayIssueHint')} isOn={mayIssue} onChange={setMayIssue} />
      )}
      <FailureNote failure={approve.failure} onDismiss={approve.clear} />
      <div className="flex flex-wrap justify-end gap-2.5">
        <Button disabled={approve.isRunning} onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button variant="primary" isBusy={approve.isRunning} onClick={() => void confirm()}>
          {t('members.approve')}
        </Button>
      </div>
    </div>
  );
}
