import { useTranslation } from 'react-i18next';
import type { MemberView } from '../../../node-core/api/trust-views.ts';
import { dayTime } from '../../messages/time.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ShortKey } from '../../ui/short-key.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

const glyphs: Readonly<Record<MemberView['state'], Status>> = {
  active: 'ok',
  ended: 'warn',
  left: 'none',
  revoked: 'bad',
};

interface MemberRowProps {
  member: MemberView;
  onRevoke: () => void;
}

/** A member: who it is, how it stands, until when. */
export function MemberRow({ member, onRevoke }: MemberRowProps) {
  const { t } = useTranslation();
  const { nodeName: name, tier, state, mayIssue, publicKey, fqdn, revokedReason } = member;
  const canBeRevoked = state === 'active' || state === 'ended';
  const facts = [t(`members.tier.${tier}`), mayIssue ? t('members.issues') : null, fqdn];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0.5 last:pb-0.5">
      <div className="flex min-w-[min(18rem,100%)] flex-1 items-start gap-3">
        <StatusGlyph status={glyphs[state]} className="mt-px" />
        <div className="min-w-0">
          <p className="[overflow-wrap:anywhere]">
            <span className="font-semibold">{name}</span>{' '}
            <span className="text-ink-2">· {facts.filter((fact) => fact !== null).join(' · ')}</span>
          </p>
          <p className="text-ink-2 text-small [overflow-wrap:anywhere]">
            {t(`members.state.${state}`)}
            {revokedReason !== null && revokedReason !== '' && `: ${revokedReason}`}
          </p>
          <MemberTimes member={member} />
          <ShortKey hex={publicKey} />
        </div>
      </div>
      {canBeRevoked && (
        <Button variant="danger" size="sm" aria-label={t('members.revokeName', { name })} onClick={onRevoke}>
          {t('members.revokeAsk')}
        </Button>
      )}
    </li>
  );
}

function MemberTimes({ member }: { member: MemberView }) {
  const { t, i18n } = useTranslation();
  const { state, joinedAt, renewedAt, certificateEndsAt } = member;
  const until = dayTime(certificateEndsAt, i18n.language);
  return (
    <p className="text-ink-3 text-tiny">
      {t('members.joined')} <RelativeTime at={joinedAt} />
      {renewedAt !== null && (
        <>
          {' · '}
          {t('members.renewed')} <RelativeTime at={renewedAt} />
        </>
      )}
      {state === 'active' && ` · ${t('members.certificateUntil', { until })}`}
      {state === 'ended' && ` · ${t('members.certificateEnded', { until })}`}
    </p>
  );
}
