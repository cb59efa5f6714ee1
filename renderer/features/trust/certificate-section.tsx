import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { shortTime } from '../../messages/time.ts';
import { ownTime } from '../../own-time.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { hostOf, type Membership } from './membership.ts';

interface CertificateSectionProps {
  trust: TrustView;
  membership: Membership;
}

/** What the certificate says, and what can be done about it. */
export function CertificateSection({ trust, membership }: CertificateSectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('trust.certificate')} hint={t('trust.certificateHint')}>
      <Card>
        <CertificateFacts trust={trust} membership={membership} />
        {membership.tier === 'central' ? (
          <p className="mt-3 text-ink-2 text-small">{t('trust.centralRenews')}</p>
        ) : (
          <Acts membership={membership} />
        )}
      </Card>
    </Section>
  );
}

function Acts({ membership }: { membership: Membership }) {
  const { t, i18n } = useTranslation();
  const toasts = useToasts();
  const renewal = useCall('trust.renew');
  const [isLeaving, setLeaving] = useState(false);
  const renew = async (): Promise<void> => {
    const outcome = await renewal.run({});
    const renewed = outcome.isOk ? outcome.value.membership : null;
    if (!renewed) return;
    const until = shortTime(ownTime(renewed.expiresAt, renewed), i18n.language);
    // An issuer gives the same one again while that has most of its time before it.
    const isNew = renewed.certificate.serial !== membership.certificate.serial;
    const host = hostOf(membership.parent?.url ?? '');
    const text = isNew ? t('trust.renewed', { until }) : t('trust.renewedAlready', { host, until });
    toasts.show({ text, status: isNew ? 'ok' : 'info' });
  };
  return (
    <>
      <div className="mt-4 flex flex-wrap justify-end gap-2.5">
        <Button variant="quiet" onClick={() => setLeaving(true)}>
          {t('trust.leaveAsk')}
        </Button>
        <Button icon={<RefreshCw />} isBusy={renewal.isRunning} onClick={() => void renew()}>
          {t('trust.renew')}
        </Button>
      </div>
      <FailureNote failure={renewal.failure} onDismiss={renewal.clear} className="mt-3" />
      <LeaveDialog membership={membership} isOpen={isLeaving} onClose={() => setLeaving(false)} />
    </>
  );
}
