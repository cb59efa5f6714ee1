import { useTranslation } from 'react-i18next';
import type { StorageGoal } from '../../../screen.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import { useLoaded } from '../use-loaded.ts';
import { BackupList } from './backup-list.tsx';
import { ExportChats } from './export-chats.tsx';
import { ImportChats } from './import-chats.tsx';
import { StoragePlace } from './storage-place.tsx';

/** Settings, Storage: where everything is kept, whether it is sound, and how it gets out and back in. */
export function StorageSection({ goal = null }: { goal?: StorageGoal | null }) {
  const { t } = useTranslation();
  const { value: storage, setValue, failure, reload } = useLoaded('storage.info');
  if (!storage) {
    return failure ? <FailureNote failure={failure} className="mt-6" /> : <Spinner label={t('storage.loading')} />;
  }
  return (
    <>
      <FailureNote failure={failure} className="mt-6" />
      {storage.synchronisedBy !== null && (
        <Banner tone="warn" className="mt-6">
          {t('storage.synchronised', { program: storage.synchronisedBy })}
        </Banner>
      )}
      <StoragePlace storage={storage} onChecked={setValue} />
      <BackupList backups={storage.backups} onChanged={reload} />
      <ExportChats goal={goal?.part === 'export' ? goal : null} />
      <ImportChats goal={goal?.part === 'import' ? goal : null} onImported={reload} />
    </>
  );
}
