import { useTranslation } from 'react-i18next';
import { shortTime } from '../../messages/time.ts';
import { ownTime } from '../../own-time.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { hiveText } from './hive-text.ts';
import { hostOf, type Membership } from './membership.ts';

interface LeaveDialogProps {
  membership: Membership;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks before the hive is left, and says what will have happened afterwards. */
export function LeaveDialog({ membership, isOpen, onClose }: LeaveDialogProps) {
  const { t, i18n } = useTranslation();
  const toasts = useToasts();
  const leave = useCall('trust.leave');
  const host = hostOf(membership.parent?.url ?? '');
  const confirm = async (): Promise<void> => {
    const outcome = await leave.run({});
    if (!outcome.isOk) return;
    const until = shortTime(ownTime(membership.expiresAt, membership), i18n.language);
    if (membership.ended !== null) toasts.show({ text: t('trust.leftEnded'), status: 'ok' });
    else if (outcome.value.isIssuerTold) toasts.show({ text: t('trust.left'), status: 'ok' });
    else toasts.show({ text: t('trust.leftUntold', { host, until }), status: 'info' });
    onClose();
  };
  const footer = (
    <>
      <Button onClick={onClose} disabled={leave.isRunning}>
        {t('ui.cancel')}
      </Button>
      <Button variant="danger" isBusy={leave.isRunning} onClick={() => void confirm()}>
        {t('trust.leave')}
      </Button>
    </>
  );
  const close = (): void => {
    leave.clear();
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && close()}
      title={t('trust.leaveTitle', { hive: hiveText(t, membership.hiveName) })}
      footer={footer}
    >
      <Consequences membership={membership} host={host} />
      <FailureNote failure={leave.failure} onDismiss={leave.clear} className="mt-3" />
    </Dialog>
  );
}

function Consequences({ membership, host }: { membership: Membership; host: string }) {
  const { t } = useTranslation();
  return (
    <ul className="list-disc space-y-1.5 ps-5 text-ink-2">
      <li>{t('trust.leaveAlone')}</li>
      <li>{t('trust.leaveKeeps')}</li>
      {membership.ended === null && <li>{t('trust.leaveTells', { host })}</li>}
      <li>{t('trust.leaveForgets')}</li>
      <li>{membership.mayIssue ? t('trust.leaveLocals') : t('trust.leaveMembers')}</li>
      <li>{t('trust.leaveReturn')}</li>
    </ul>
  );
}
