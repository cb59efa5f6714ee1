import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { formatDuration } from '../../messages/numbers.ts';
import { fullTime, shortTime } from '../../messages/time.ts';
import { ownTime } from '../../own-time.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ShortKey } from '../../ui/short-key.tsx';
import { hiveText } from './hive-text.ts';
import type { Membership } from './membership.ts';

/** A certificate that is issued so soon after joining is the one that joining brought, ms. */
const firstIssueMs = 60_000;

interface CertificateFactsProps {
  trust: TrustView;
  membership: Membership;
}

/** Serial number, fingerprint, by whom and until when, renewals, rights, and who vouches for it. */
export function CertificateFacts({ trust, membership }: CertificateFactsProps) {
  const { t, i18n } = useTranslation();
  const { certificate, issuers, issuedAt, hiveName } = membership;
  const { serial, public_key: key } = certificate;
  const issuer = issuers[0]?.node_id ?? t('trust.anchorOf', { hive: hiveText(t, hiveName) });
  const issued = shortTime(ownTime(issuedAt, membership), i18n.language);
  return (
    <Facts>
      <Fact
        name={t('trust.serial')}
        action={<CopyButton text={serial} label={t('trust.copySerial')} isIcon size="sm" variant="quiet" />}
      >
        <ShortKey hex={serial} />
      </Fact>
      <Fact
        name={t('trust.fingerprint')}
        action={<CopyButton text={key} label={t('trust.copyFingerprint')} isIcon size="sm" variant="quiet" />}
      >
        <ShortKey hex={key} />
      </Fact>
      <Fact name={t('trust.issued')}>{t('trust.issuedBy', { issued, issuer })}</Fact>
      {/* Central keeps no history of what its own signer renews. */}
      {membership.tier !== 'central' && (
        <Fact name={t('trust.lastRenewal')}>
          <LastRenewal history={trust.history} membership={membership} />
        </Fact>
      )}
      <Fact name={t('trust.nextRenewal')}>
        <NextRenewal membership={membership} />
      </Fact>
      <Fact name={t('trust.allows')}>
        <Rights membership={membership} />
      </Fact>
      <Parent membership={membership} />
      {trust.hiveAddress !== null && (
        <Fact name={t('trust.ownAddress')}>
          <span dir="ltr">{trust.hiveAddress}</span>
        </Fact>
      )}
    </Facts>
  );
}

interface LastRenewalProps {
  history: TrustView['history'];
  membership: Membership;
}

/** From what the history says of this membership; where that does not reach back so far, the certificate itself tells. */
function LastRenewal({ history, membership }: LastRenewalProps) {
  const { t, i18n } = useTranslation();
  const joined = history.findIndex(({ kind }) => kind === 'joined');
  const ofThis = joined === -1 ? history : history.slice(0, joined);
  const last = ofThis.find(({ kind }) => kind === 'renewed');
  if (last) {
    const took = last.tookMs === null ? null : formatDuration(t, i18n.language, last.tookMs);
    return (
      <>
        <RelativeTime at={last.at} />
        {took !== null && <span className="text-ink-2">{t('trust.renewalTook', { took })}</span>}
      </>
    );
  }
  const { issuedAt, joinedAt } = membership;
  if (issuedAt - joinedAt > firstIssueMs) return <RelativeTime at={ownTime(issuedAt, membership)} />;
  return <span className="text-ink-2">{t('trust.notRenewedYet')}</span>;
}

function NextRenewal({ membership }: { membership: Membership }) {
  const { t, i18n } = useTranslation();
  if (membership.renewsAt === null) return <span className="text-ink-2">{t('trust.renewsNotItself')}</span>;
  const renewal = ownTime(membership.renewsAt, membership);
  return (
    <span title={fullTime(renewal, i18n.language)}>
      {t('trust.renewalOn', { renewal: shortTime(renewal, i18n.language) })}
    </span>
  );
}

function Rights({ membership }: { membership: Membership }) {
  const { t } = useTranslation();
  const { tier, certificate } = membership;
  if (tier === 'central') return t('trust.right.central');
  return certificate.capabilities.map((capability) => t(`trust.right.${capability}`)).join(', ');
}

function Parent({ membership }: { membership: Membership }) {
  const { t } = useTranslation();
  const { parent } = membership;
  const hive = useWatched('status.watch', {}).value?.hive ?? null;
  if (parent === null) return null;
  // The status hears of every answer; the certificate's own record alone of those that were worth storing.
  const stored = parent.verifiedAt === null ? null : ownTime(parent.verifiedAt, membership);
  const verifiedAt = hive?.parentVerifiedAt ?? stored;
  return (
    <Fact name={t('trust.parent')}>
      <span dir="ltr">{parent.url}</span>
      <span className="block text-ink-2 text-small">
        {verifiedAt === null ? (
          t('trust.parentNotVerified')
        ) : (
          <>
            {t('trust.parentVerified')} <RelativeTime at={verifiedAt} />
          </>
        )}
      </span>
    </Fact>
  );
}
