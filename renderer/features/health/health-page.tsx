import { useTranslation } from 'react-i18next';
import { useCall } from '../../rpc/use-call.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { CheckList } from './check-list.tsx';
import { DiagnosticsButtons } from './diagnostics-buttons.tsx';
import { PlaceTrouble } from './place-trouble.tsx';
import { type ShownChecks, useShownChecks } from './use-shown-checks.ts';

/** What was looked at on this computer, when, and what mends what is not well. */
export function HealthPage() {
  const { t } = useTranslation();
  const shown = useShownChecks();
  const check = useCall('status.check');
  if (!shown) {
    return (
      <Page title={t('checks.title')}>
        <div className="mt-6">
          <Spinner label={t('checks.loading')} />
        </div>
      </Page>
    );
  }
  const { checks, isConnected, place } = shown;
  return (
    <Page
      title={t('checks.title')}
      subtitle={<Summary shown={shown} />}
      actions={
        <Button disabled={!isConnected} isBusy={check.isRunning} onClick={() => void check.run({})}>
          {check.isRunning ? t('checks.checking') : t('checks.checkAll')}
        </Button>
      }
    >
      {!isConnected && (
        <Banner tone="warn" className="mt-4">
          {t('checks.notConnected')}
        </Banner>
      )}
      <FailureNote failure={check.failure} onDismiss={check.clear} className="mt-4" />
      {place && <PlaceTrouble reason={place} />}
      <CheckList checks={checks} />
      <DiagnosticsButtons isConnected={isConnected} />
    </Page>
  );
}

/** How many, when the last look was, and how many need the person, which is not known without the node. */
function Summary({ shown: { checks, isConnected, place } }: { readonly shown: ShownChecks }) {
  const { t } = useTranslation();
  const troubles = checks.filter(
    ({ verdict, under }) => under === null && (verdict === 'failed' || verdict === 'degraded'),
  );
  const needy = troubles.length + (place ? 1 : 0);
  const looks = checks.flatMap(({ lookedAt, isLive }) => (isLive || lookedAt === null ? [] : [lookedAt]));
  return (
    <span role="status">
      {t('checks.count', { count: checks.length })}
      {looks.length > 0 && (
        <>
          {t('checks.lastLook')} <RelativeTime at={Math.max(...looks)} />
        </>
      )}
      {t('checks.end')}
      {isConnected && <> {t('checks.needy', { count: needy })}</>}
    </span>
  );
}
