import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../../../node-core/api/trust-views.ts';
import { dayTime } from '../../messages/time.ts';
import { Button } from '../../ui/button.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ApproveDialog } from './approve-dialog.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { limitRows } from './row-limit.ts';

/** A decision that is being made. */
interface Decision {
  readonly kind: 'approve' | 'reject';
  readonly request: RequestView;
}

/** Who waits for a steward's word; nothing while nobody does. */
export function RequestsSection({ requests }: { requests: readonly RequestView[] }) {
  const { t } = useTranslation();
  const [decision, setDecision] = useState<Decision | null>(null);
  const { shown, more } = limitRows(requests);
  const close = (): void => setDecision(null);
  return (
    <>
      <p role="status" className="sr-only">
        {requests.length > 0 && t('members.requestsWaiting', { count: requests.length })}
      </p>
      {requests.length > 0 && (
        <Section title={t('members.requests')} hint={t('members.requestsHint')}>
          <Card>
            <ul className="divide-y divide-line">
              {shown.map((request) => (
                <RequestRow key={request.id} request={request} onDecide={(kind) => setDecision({ kind, request })} />
              ))}
            </ul>
            {more > 0 && <p className="pt-2.5 text-ink-2 text-small">{t('members.andMore', { count: more })}</p>}
          </Card>
        </Section>
      )}
      <ApproveDialog request={decision?.kind === 'approve' ? decision.request : null} onClose={close} />
      <RejectDialog request={decision?.kind === 'reject' ? decision.request : null} onClose={close} />
    </>
  );
}

interface RequestRowProps {
  request: RequestView;
  onDecide: (kind: Decision['kind']) => void;
}

function RequestRow({ request, onDecide }: RequestRowProps) {
  const { t, i18n } = useTranslation();
  const { nodeName: name, tier, words, fqdn, address, askedAt, expiresAt } = request;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2.5 py-3 first:pt-0.5 last:pb-0.5">
      <div className="min-w-[min(18rem,100%)] flex-1">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-semibold">{name}</span>{' '}
          <span className="text-ink-2">· {t(`members.tier.${tier}`)}</span>
        </p>
        <p className="my-1.5">
          {words === null ? (
            <span className="text-ink-2 text-small">{t('members.noWordsYet')}</span>
          ) : (
            <FourWords words={words} isLarge />
          )}
        </p>
        <p className="text-ink-3 text-tiny [overflow-wrap:anywhere]">
          {t('members.askedFrom', { address: fqdn === null ? address : `${fqdn} (${address})` })} ·{' '}
          <RelativeTime at={askedAt} /> · {t('members.waitsUntil', { until: dayTime(expiresAt, i18n.language) })}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="quiet"
          size="sm"
          aria-label={t('members.rejectName', { name })}
          onClick={() => onDecide('reject')}
        >
          {t('members.rejectAsk')}
        </Button>
        <Button
          size="sm"
          disabled={words === null}
          aria-label={t('members.approveName', { name })}
          onClick={() => onDecide('approve')}
        >
          {t('members.approveAsk')}
        </Button>
      </div>
    </li>
  );
}
