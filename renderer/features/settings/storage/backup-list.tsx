import { Archive } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../../../node-core/api/node-views.ts';
import { formatBytes } from '../../../messages/numbers.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

interface BackupListProps {
  /** As the node gives them; shown newest first. */
  backups: readonly BackupView[];
  onChanged: () => void;
}

/** Makes a backup, lists those that are there, and restores one. */
export function BackupList({ backups, onChanged }: BackupListProps) {
  const { t, i18n } = useTranslation();
  const backup = useCall('storage.backup');
  const [made, setMade] = useState<BackupView | null>(null);
  const [restored, setRestored] = useState<BackupView | null>(null);
  const makeOne = async () => {
    setMade(null);
    const outcome = await backup.run({});
    if (!outcome.isOk) return;
    setMade(outcome.value);
    onChanged();
  };
  const action = (
    <Button size="sm" icon={<Archive />} isBusy={backup.isRunning} onClick={makeOne}>
      {backup.isRunning ? t('storage.backingUp') : t('storage.backUp')}
    </Button>
  );
  return (
    <Section title={t('storage.backups')} hint={t('storage.backupsHint')} actions={backups.length > 0 && action}>
      <div className="flex flex-col gap-2.5">
        <FailureNote failure={backup.failure} onDismiss={backup.clear} />
        {made && (
          <Banner tone="ok" onDismiss={() => setMade(null)}>
            {t('storage.backedUp', { name: made.name, size: formatBytes(made.sizeBytes, i18n.language) })}
          </Banner>
        )}
        <Card>
          {backups.length === 0 ? (
            <EmptyState icon={<Archive />} title={t('storage.noBackups')} action={action}>
              {t('storage.noBackupsHint')}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {backups
                .toSorted((a, b) => b.at - a.at)
                .map((one) => (
                  <BackupRow key={one.name} backup={one} onRestore={() => setRestored(one)} />
                ))}
            </ul>
          )}
        </Card>
      </div>
      <RestoreDialog backup={restored} onClose={() => setRestored(null)} onRestored={onChanged} />
    </Section>
  );
}

function BackupRow({ backup, onRestore }: { backup: BackupView; onRestore: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0.5 last:pb-0.5">
      <div className="min-w-0 flex-1">
        <span className="font-medium">
          <RelativeTime at={backup.at} />
        </span>
        <span className="text-ink-2">
          {' '}
          · {formatBytes(backup.sizeBytes, i18n.language)} · {t(`storage.reason.${backup.reason}`)}
        </span>
        <span className="block truncate text-ink-3 text-tiny" dir="ltr" title={backup.name}>
          {backup.name}
        </span>
      </div>
      <Button size="sm" onClick={onRestore}>
        {t('storage.restore')}
      </Button>
    </li>
  );
}
