import { type BackupView, backupReasonSchema } from '../api/node-views.ts';

/** What a backup's name says. */
interface BackupName {
  /** ms since the epoch */
  readonly at: number;
  readonly reason: BackupView['reason'];
}

const pattern =
  /^nunba-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(asked|before-migration|before-restore|before-update|damaged)\.db$/;

/** The file name of a backup: `nunba-20261014T091500123Z-asked.db`, in UTC, so that names sort by time. */
export function backupName({ at, reason }: BackupName): string {
  return `nunba-${new Date(at).toISOString().replace(/[-:.]/g, '')}-${reason}.db`;
}

/** Takes such a name apart; `null` for a file that somebody put there under a name of their own. */
export function readBackupName(name: string): BackupName | null {
  const [, year, month, day, hour, minute, second, ms, reason] = pattern.exec(name) ?? [];
  const known = backupReasonSchema.safeParse(reason);
  if (!known.success) return null;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(at) ? null : { at, reason: known.data };
}
