import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { AccessSection } from './access-section.tsx';
import { Alone } from './alone.tsx';
import { CertificateSection } from './certificate-section.tsx';
import { ChainPicture } from './chain-picture.tsx';
import { Ended } from './ended.tsx';
import { HistorySection } from './history-section.tsx';
import { hiveText } from './hive-text.ts';
import { Joining } from './joining.tsx';
import { OwnKey } from './own-key.tsx';
import { TrustWarnings } from './trust-warnings.tsx';

/** Who vouches for this computer, until when, and what that lets others read and do. */
export function TrustPage() {
  const { t } = useTranslation();
  const { value: trust, failure } = useWatched('trust.watch', {});
  if (!trust) {
    return (
      <Page title={t('trust.title')}>
        <div className="mt-4.5">
          {failure ? <FailureNote failure={failure} /> : <Spinner label={t('trust.loading')} />}
        </div>
      </Page>
    );
  }
  return (
    <Page title={t('trust.title')} subtitle={<Subtitle trust={trust} />}>
      <FailureNote failure={failure} className="mt-3" />
      <TrustWarnings trust={trust} />
      <FocusHome>
        <Place trust={trust} />
      </FocusHome>
      <AccessSection trust={trust} />
      <HistorySection history={trust.history} />
    </Page>
  );
}

function Subtitle({ trust: { membership, application } }: { trust: TrustView }) {
  const { t } = useTranslation();
  if (membership !== null && membership.ended === null) {
    const { tier, hiveName } = membership;
    const hive = hiveText(t, hiveName);
    return tier === 'central' ? t('trust.subtitle.central', { hive }) : t('trust.subtitle.member', { hive });
  }
  if (application !== null) return t('trust.subtitle.joining');
  return membership === null ? t('trust.subtitle.alone') : t('trust.subtitle.ended');
}

/** Where this computer stands towards a hive. */
function Place({ trust }: { trust: TrustView }) {
  const { membership, application } = trust;
  if (membership !== null && membership.ended === null) {
    return (
      <>
        <ChainPicture trust={trust} membership={membership} />
        <CertificateSection trust={trust} membership={membership} />
      </>
    );
  }
  return (
    <>
      {application !== null && <Joining application={application} />}
      {membership !== null && membership.ended !== null && (
        <Ended trust={trust} membership={membership} ended={membership.ended} />
      )}
      {membership === null && (application === null ? <Alone trust={trust} /> : <OwnKey trust={trust} />)}
    </>
  );
}
