import { useTranslation } from 'react-i18next';
import type { KeyedSentence } from '../../../node-core/api/keyed-sentence.ts';
import { reasonSentence, reasonTitle } from '../../../node-core/api/state-sentences.ts';
import { obstacleSentence } from '../../../node-core/api/trust-sentences.ts';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { describeDuration } from '../../../node-core/protocol/age.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { shortTime } from '../../messages/time.ts';
import { ownTime } from '../../own-time.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Banner } from '../../ui/banner.tsx';
import type { Membership } from './membership.ts';

/** Smaller differences of clocks are no news, ms. */
const notedDifferenceMs = 60_000;

/** What is not as it should be with this computer's place in a hive; nothing where all is well. */
export function TrustWarnings({ trust }: { trust: TrustView }) {
  const { t, i18n } = useTranslation();
  const status = useWatched('status.watch', {}).value;
  const { membership } = trust;
  const said = (sentence: KeyedSentence): string => sentenceText(t, i18n.language, sentence);
  const reasons = [
    ...(membership === null ? [] : clockReason(membership, Date.now())),
    ...(status?.reasons.filter(({ kind }) => kind === 'federation-key-differs') ?? []),
  ];
  return (
    <>
      {reasons.map((reason) => (
        <Warning key={reason.kind} title={said(reasonTitle(reason))}>
          {said(reasonSentence(reason))}
        </Warning>
      ))}
      {membership && <RenewalTrouble membership={membership} />}
      {trust.isInsecureLab && <Warning title={t('trust.insecureLab')}>{t('trust.insecureLabWhy')}</Warning>}
      {trust.isMasterKeyHere && <Warning title={t('trust.masterKeyHere')}>{t('trust.masterKeyHereWhy')}</Warning>}
    </>
  );
}

function Warning({ title, children }: { title: string; children: string }) {
  return (
    <Banner tone="warn" className="mt-3">
      <strong className="font-semibold">{title}.</strong> {children}
    </Banner>
  );
}

/** A renewal that is tried again: until when the certificate counts, and what stood in the way. */
function RenewalTrouble({ membership }: { membership: Membership }) {
  const { t, i18n } = useTranslation();
  const { renewalObstacle, ended, expiresAt } = membership;
  if (renewalObstacle === null || ended !== null) return null;
  const until = shortTime(ownTime(expiresAt, membership), i18n.language);
  const why = sentenceText(t, i18n.language, obstacleSentence(renewalObstacle));
  return <Warning title={t('trust.renewalFailed')}>{`${t('trust.renewalFailedWhy', { until })} ${why}`}</Warning>;
}

function clockReason({ clockOffsetMs }: Membership, now: number): readonly StateReason[] {
  if (Math.abs(clockOffsetMs) < notedDifferenceMs) return [];
  const direction = clockOffsetMs > 0 ? 'behind' : 'ahead';
  const difference = describeDuration(Math.abs(clockOffsetMs));
  return [{ kind: 'clock-wrong', direction, difference, against: 'hive', since: now, fix: 'check' }];
}
