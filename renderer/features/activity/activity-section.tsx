import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../hands/use-names.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { PastDeedRow } from './past-deed-row.tsx';
import { usePast } from './use-past.ts';

/** What agents did beyond answering, newest first, each with what is left to do about it. */
export function ActivitySection() {
  const { t } = useTranslation();
  const past = usePast();
  const names = useNames();
  return (
    <Section title={t('activity.title')} hint={t('activity.hint')}>
      <FailureNote failure={past.failure} className="mb-3" />
      <Card>
        {past.deeds === null && past.failure === null && <Spinner label={t('activity.loading')} />}
        {past.deeds?.length === 0 && (
          <EmptyState icon={<History />} title={t('activity.none')}>
            {t('activity.noneHint')}
          </EmptyState>
        )}
        {past.deeds !== null && past.deeds.length > 0 && (
          <ul aria-label={t('activity.title')} className="divide-y divide-line">
            {past.deeds.map((deed) => (
              <PastDeedRow key={deed.callId} past={deed} names={names} />
            ))}
          </ul>
        )}
        {past.hasMore && (
          <Button size="sm" className="mt-3" isBusy={past.isLoading} onClick={past.more}>
            {t('activity.more')}
          </Button>
        )}
      </Card>
    </Section>
  );
}
