import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../../node-core/api/trust-views.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { InvitesSection } from './invites-section.tsx';
import { MembersSection } from './members-section.tsx';
import { RequestsSection } from './requests-section.tsx';

/** The stewards' desk: who asks to join, who is invited, who is a member. */
export function MembersPage() {
  const { t } = useTranslation();
  const { value: desk, failure } = useWatched('authority.watch', {});
  return (
    <Page title={t('members.title')} subtitle={t('members.subtitle')}>
      {failure?.kind === 'not-issuing' ? (
        <Card className="mt-4.5">
          <EmptyState title={t('members.notIssuing')}>{t('members.notIssuingHint')}</EmptyState>
        </Card>
      ) : (
        <>
          <FailureNote failure={failure} className="mt-4.5" />
          {desk && <Desk desk={desk} />}
          {!desk && !failure && (
            <div className="mt-4.5">
              <Spinner label={t('members.loading')} />
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function Desk({ desk }: { desk: DeskView }) {
  const isCentral = useWatched('status.watch', {}).value?.tier === 'central';
  return (
    <FocusHome>
      <RequestsSection requests={desk.requests} />
      <InvitesSection invites={desk.invites} members={desk.members} isCentral={isCentral} />
      <MembersSection members={desk.members} isCentral={isCentral} />
    </FocusHome>
  );
}
