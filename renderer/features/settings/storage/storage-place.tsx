import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StorageView } from '../../../../node-core/api/node-views.ts';
import { formatBytes } from '../../../messages/numbers.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';

interface StoragePlaceProps {
  storage: StorageView;
  onChecked: (storage: StorageView) => void;
}

/** The folder, its sizes, and the check of the database. */
export function StoragePlace({ storage, onChecked }: StoragePlaceProps) {
  const { t, i18n } = useTranslation();
  const bytes = (value: number) => formatBytes(value, i18n.language);
  const { counts } = storage;
  const contents = counts
    ? [
        t('storage.conversations', { count: counts.conversations }),
        t('storage.messages', { count: counts.messages }),
      ].join(' · ')
    : t('storage.unreadable');
  return (
    <Section title={t('storage.place')} hint={t('storage.placeHint')}>
      <Card>
        <Facts>
          <FolderFact folder={storage.folder} />
          <Fact name={t('storage.database')}>
            {bytes(storage.databaseBytes)} <span className="text-ink-2">· {contents}</span>
          </Fact>
          <Fact name={t('storage.backupsSize')}>{bytes(storage.backupsBytes)}</Fact>
          <Fact name={t('storage.free')}>{bytes(storage.freeBytes)}</Fact>
          <CheckFact lastCheck={storage.lastCheck} onChecked={onChecked} />
        </Facts>
      </Card>
    </Section>
  );
}

function FolderFact({ folder }: { folder: string }) {
  const { t } = useTranslation();
  const open = useCall('storage.openFolder');
  return (
    <Fact
      name={t('storage.folder')}
      action={
        <>
          <Button size="sm" icon={<FolderOpen />} isBusy={open.isRunning} onClick={() => open.run({})}>
            {t('storage.openFolder')}
          </Button>
          <CopyButton text={folder} label={t('settings.copyPath')} size="sm" />
        </>
      }
    >
      <span dir="ltr">{folder}</span>
      <FailureNote failure={open.failure} onDismiss={open.clear} className="mt-2" />
    </Fact>
  );
}

interface CheckFactProps {
  lastCheck: StorageView['lastCheck'];
  onChecked: (storage: StorageView) => void;
}

function CheckFact({ lastCheck, onChecked }: CheckFactProps) {
  const { t } = useTranslation();
  const check = useCall('storage.check');
  const run = async () => {
    const outcome = await check.run({});
    if (outcome.isOk) onChecked(outcome.value);
  };
  return (
    <Fact
      name={t('storage.check')}
      action={
        <Button size="sm" isBusy={check.isRunning} onClick={run}>
          {check.isRunning ? t('storage.checking') : t('storage.checkNow')}
        </Button>
      }
    >
      <span role="status">
        <CheckResult lastCheck={lastCheck} />
      </span>
      <FailureNote failure={check.failure} onDismiss={check.clear} className="mt-2" />
    </Fact>
  );
}

function CheckResult({ lastCheck }: { lastCheck: StorageView['lastCheck'] }) {
  const { t } = useTranslation();
  if (!lastCheck) return <span className="text-ink-2">{t('storage.notChecked')}</span>;
  const isSound = lastCheck.problems.length === 0;
  return (
    <>
      <span className="inline-flex items-center gap-2">
        <StatusGlyph status={isSound ? 'ok' : 'bad'} />
        <span>
          {isSound ? t('storage.sound') : t('storage.unsound', { count: lastCheck.problems.length })}{' '}
          <span className="text-ink-2">
            · <RelativeTime at={lastCheck.at} />
          </span>
        </span>
      </span>
      {!isSound && (
        <ul className="mt-1.5 list-disc ps-5 text-small">
          {lastCheck.problems.slice(0, 10).map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </>
  );
}
