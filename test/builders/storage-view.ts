import type { BackupView, StorageView } from '../../node-core/api/node-views.ts';

/** A backup that the person asked for. */
export function aBackup(more: Partial<BackupView> = {}): BackupView {
  return { name: 'nunba-1.db', at: 1_000, sizeBytes: 48_000_000, reason: 'asked', ...more };
}

/** What `storage.info` gives for a folder without backups that was not checked yet. */
export function storageView(more: Partial<StorageView> = {}): StorageView {
  return {
    folder: '/home/anna/Nunba',
    databaseBytes: 48_300_000,
    backupsBytes: 0,
    freeBytes: 212_000_000_000,
    counts: { conversations: 312, messages: 9_841 },
    synchronisedBy: null,
    backups: [],
    lastCheck: null,
    ...more,
  };
}
