import { useTranslation } from 'react-i18next';
import type { InviteView, MemberView } from '../../../node-core/api/trust-views.ts';
import { dayTime } from '../../messages/time.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

const glyphs: Readonly<Record<InviteView['state'], Status>> = {
  open: 'info',
  used: 'ok',
  expired: 'none',
  revoked: 'none',
};
/** How many of those who used an invite are named. */
const namedUsers = 3;

interface InviteRowProps {
  invite: InviteView;
  members: readonly MemberView[];
  onTakeBack: () => void;
}

/** An invite: for whom, how it stands, who used it. */
export function InviteRow({ invite, members, onTakeBack }: InviteRowProps) {
  const { t, i18n } = useTranslation();
  const { id, tier, state, uses, usedBy, mayIssue, createdAt, expiresAt } = invite;
  const users = usedBy.slice(0, namedUsers).map((key) => nameOf(key, members));
  const until = dayTime(expiresAt, i18n.language);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0.5 last:pb-0.5">
      <div className="flex min-w-[min(18rem,100%)] flex-1 items-start gap-3">
        <StatusGlyph status={glyphs[state]} className="mt-px" />
        <div className="min-w-0">
          <p className="[overflow-wrap:anywhere]">
            <span className="font-semibold">{t(`members.inviteState.${state}`)}</span>{' '}
            <span className="text-ink-2">
              · {t(`members.tier.${tier}`)}
              {mayIssue && ` · ${t('members.issues')}`}
            </span>
          </p>
          <p className="text-ink-2 text-small [overflow-wrap:anywhere]">
            {t('members.usedOf', { used: usedBy.length, count: uses })}
            {users.length > 0 && ` · ${users.join(', ')}`}
            {usedBy.length > namedUsers && ' …'}
          </p>
          <p className="text-ink-3 text-tiny">
            {t('members.created')} <RelativeTime at={createdAt} />
            {' · '}
            {state === 'expired' ? t('members.expiredOn', { until }) : t('members.goodUntil', { until })} ·{' '}
            <span dir="ltr" className="font-mono">
              {id}
            </span>
          </p>
        </div>
      </div>
      {state === 'open' && (
        <Button size="sm" aria-label={t('members.takeBackId', { id })} onClick={onTakeBack}>
          {t('members.takeBackAsk')}
        </Button>
      )}
    </li>
  );
}

const nameOf = (key: string, members: readonly MemberView[]): string =>
  members.find(({ publicKey }) => publicKey === key)?.nodeName ?? key.slice(0, 16);
