import type { UpdateFailureReason } from '../../node-core/api/shell-views.ts';

/** An update that is not installed, and why; nothing of it stays. */
export class UpdateRefused extends Error {
  readonly reason: UpdateFailureReason;

  constructor(reason: UpdateFailureReason, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UpdateRefused';
    this.reason = reason;
  }
}

/** What Chromium and Node say when a server cannot be asked; electron-updater adds the status codes. */
const networkError =
  /net::ERR_|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|socket hang up|aborted|HTTP_ERROR_/;
const checkReasons: Readonly<Record<string, UpdateFailureReason>> = {
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: 'feed-unreadable',
};
const downloadReasons: Readonly<Record<string, UpdateFailureReason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  ERR_CHECKSUM_MISMATCH: 'package-changed',
  ERR_UPDATER_INVALID_SIGNATURE: 'package-changed',
  ERR_UPDATER_WEB_INSTALLER_DISABLED: 'package-changed',
  ERR_UPDATER_OLD_FILE_NOT_FOUND: 'cannot-install-here',
  ERR_UPDATER_ZIP_FILE_NOT_FOUND: 'feed-unreadable',
  ERR_UPDATER_NO_FILES_PROVIDED: 'feed-unreadable',
  ERR_UPDATER_NO_CHECKSUM: 'feed-unreadable',
};

/** What an error of electron-updater's check means: the feed was not reached, or it cannot be understood. */
export function checkRefusal(error: unknown): UpdateRefused {
  if (error instanceof UpdateRefused) return error;
  const known = checkReasons[codeOf(error)];
  const isNetwork = networkError.test(`${codeOf(error)} ${String(error)}`);
  return new UpdateRefused(known ?? (isNetwork ? 'unreachable' : 'feed-unreadable'), { cause: error });
}

/** What an error of electron-updater's download means. */
export function downloadRefusal(error: unknown): UpdateRefused {
  if (error instanceof UpdateRefused) return error;
  return new UpdateRefused(downloadReasons[codeOf(error)] ?? 'cut-download', { cause: error });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
