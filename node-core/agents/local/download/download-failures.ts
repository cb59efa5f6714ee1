import type { DownloadCause } from '../../../api/download-failure.ts';
import { FailureError } from '../../../api/failures.ts';
import { CertificateRefusal } from '../../../platform/open-socket.ts';
import { connectionCause, errorCode } from '../../../platform/socket-error.ts';
import { failureInside } from '../../models/network-failure.ts';

/** The refusal of a download. */
export const downloadFailed = (host: string, cause: DownloadCause, detail = '', error?: unknown): FailureError =>
  new FailureError(
    { kind: 'download-failed', host: host.slice(0, 300), cause, detail: detail.slice(0, 300) },
    { cause: error },
  );

/** What an error on the way to or from a host means. FailureErrors of downloads pass as they are. */
export function transferFailure(error: unknown, host: string): FailureError {
  const known = failureInside(error);
  if (known?.failure.kind === 'model-bad-answer') return downloadFailed(host, 'silent', '', error);
  if (known) return known;
  if (error instanceof CertificateRefusal) return downloadFailed(host, 'certificate', error.code, error);
  return downloadFailed(host, connectionCause(error), errorCode(error), error);
}

/** A connection that breaks within the file has cut it, whatever the system calls it. */
export function bodyFailure(error: unknown, host: string): FailureError {
  const failure = transferFailure(error, host);
  return failure.failure.kind === 'download-failed' && failure.failure.cause !== 'silent'
    ? downloadFailed(host, 'cut', '', error)
    : failure;
}

/** What may go better in a moment. */
const passing: ReadonlySet<DownloadCause> = new Set(['timeout', 'closed', 'network', 'cut', 'silent', 'busy']);

/** Whether trying again soon makes sense. */
export const isPassing = (error: unknown): boolean =>
  error instanceof FailureError && error.failure.kind === 'download-failed' && passing.has(error.failure.cause);

/** What an error of the disk means to the person. Others pass as they are. */
export async function diskFailure(error: unknown, folder: string, room: () => Promise<Room>): Promise<unknown> {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const { neededBytes, freeBytes } = await room();
    return new FailureError(
      { kind: 'no-space', path: folder.slice(0, 2000), neededBytes, freeBytes },
      { cause: error },
    );
  }
  const reason = reasons[code];
  return reason === undefined
    ? error
    : new FailureError({ kind: 'folder-unusable', path: folder.slice(0, 2000), reason }, { cause: error });
}

export interface Room {
  readonly neededBytes: number;
  readonly freeBytes: number;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file stands in its place',
  ENOENT: 'it is not there any more',
  EISDIR: 'a folder stands where the file should be',
  EIO: 'the disk does not work',
  EFBIG: 'its file system holds no file of that size',
};
