import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UpdateFailureReason, UpdateView } from '../../../../node-core/api/shell-views.ts';
import { GoBackButton } from '../../../go-back-button.tsx';
import { formatBytes } from '../../../messages/numbers.ts';
import { useShellCall } from '../../../rpc/use-shell-call.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Spinner } from '../../../ui/spinner.tsx';

/** Signs that somebody may have tampered with it. */
const alarming: ReadonlySet<UpdateFailureReason> = new Set(['package-changed', 'manifest-wrong-key']);

type State<K extends UpdateView['kind']> = Extract<UpdateView, { kind: K }>;

/** Where the update stands, with what can be done about it. */
export function UpdateState({ update }: { update: Exclude<UpdateView, { kind: 'off' }> }) {
  const { t } = useTranslation();
  switch (update.kind) {
    case 'idle':
      return <Idle lastCheckedAt={update.lastCheckedAt} />;
    case 'checking':
      return <Working label={t('updates.checking')} />;
    case 'downloading':
      return <Downloading update={update} />;
    case 'ready':
      return <Ready update={update} />;
    case 'installing':
      return <Working label={t('updates.installing', { version: update.version })} />;
    case 'failed':
      return <Failed update={update} />;
    case 'went-back':
      return <WentBack update={update} />;
  }
}

function Working({ label }: { label: string }) {
  return (
    <Card className="flex min-h-16 items-center gap-3">
      <Spinner label={label} />
    </Card>
  );
}

function Idle({ lastCheckedAt }: { lastCheckedAt: number | null }) {
  const { t } = useTranslation();
  return (
    <Card className="flex min-h-16 flex-wrap items-center justify-between gap-3">
      <p className="min-w-0">
        {lastCheckedAt === null ? (
          t('updates.newestUnknown')
        ) : (
          <>
            {t('updates.lastChecked')} <RelativeTime at={lastCheckedAt} />
          </>
        )}
      </p>
      <CheckNow />
    </Card>
  );
}

function CheckNow() {
  const { t } = useTranslation();
  const check = useShellCall('updates.check');
  return (
    <>
      <Button size="sm" icon={<RefreshCw />} isBusy={check.isRunning} onClick={() => void check.run({})}>
        {t('updates.checkNow')}
      </Button>
      <FailureNote failure={check.failure} onDismiss={check.clear} className="w-full" />
    </>
  );
}

function Downloading({ update }: { update: State<'downloading'> }) {
  const { t, i18n } = useTranslation();
  const speed = formatBytes(update.bytesPerSecond, i18n.language);
  return (
    <Card className="flex min-h-16 items-center">
      <Progress
        label={t('updates.downloading', { version: update.version })}
        share={update.share}
        detail={t('updates.downloadDetail', { share: update.share, speed })}
      />
    </Card>
  );
}

function Ready({ update }: { update: State<'ready'> }) {
  const { t } = useTranslation();
  const install = useShellCall('updates.install');
  const action = (
    <Button variant="primary" size="sm" isBusy={install.isRunning} onClick={() => void install.run({})}>
      {t('updates.install')}
    </Button>
  );
  return (
    <>
      <Banner tone="ok" action={action}>
        {t('updates.ready', { version: update.version })}
      </Banner>
      <FailureNote failure={install.failure} onDismiss={install.clear} className="mt-3" />
      {update.notes !== '' && (
        <Card className="mt-3">
          <h3 className="font-semibold text-small">{t('updates.notes')}</h3>
          <p className="mt-1 max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">{update.notes}</p>
        </Card>
      )}
    </>
  );
}

function Failed({ update }: { update: State<'failed'> }) {
  const { t } = useTranslation();
  return (
    <Banner tone={alarming.has(update.reason) ? 'bad' : 'warn'} action={<CheckNow />}>
      {t(`updates.failed.${update.reason}`)}{' '}
      <span className="text-ink-2 text-small">
        {t('updates.lastFailed')} <RelativeTime at={update.at} />
      </span>
    </Banner>
  );
}

function WentBack({ update }: { update: State<'went-back'> }) {
  const { t } = useTranslation();
  const { failedVersion: failed, previousVersion: previous } = update;
  return (
    <Banner tone="warn" action={<GoBackButton />}>
      {t('updates.wentBack', { failed, previous })}
    </Banner>
  );
}
