import fs from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../../../api/failures.ts';
import type { Clock } from '../../../protocol/ports/clock.ts';
import { diskFailure, downloadFailed, isPassing, type Room } from './download-failures.ts';
import type { DownloadDisk, DownloadMeans, DownloadOrder } from './download-order.ts';
import { PartFile } from './part-file.ts';
import { discardPart, partBytes, partOf, readPartRecord } from './part-record.ts';
import { DiskError, receivePart } from './receive-part.ts';

/** Tries in a row that bring nothing, before it ends. */
const triesAtMost = 6;
const firstDelayMs = 500;
const longestDelayMs = 15_000;
const spareBytes = 256 * 1024 * 1024;

const realDisk: DownloadDisk = {
  // `a+` would write at the end whatever it is told; `r+` needs the file.
  openPart: async (file) => fs.open(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600),
  freeBytes: async (folder) => {
    const { bavail, bsize } = await fs.statfs(folder);
    return bavail * bsize;
  },
};

/**
 * Downloads one file. It is at `order.to` only when all of it has arrived, has the right size and digest and is on the disk; a
 * file that is there already is replaced. What an earlier order for the same file has left is gone on with. Connections
 * that break are made again a few times.
 *
 * Rejects with a FailureError (`download-failed`, `no-space`, `folder-unusable`), or with the signal's reason.
 */
export async function downloadFile(order: DownloadOrder, means: DownloadMeans): Promise<void> {
  order.signal.throwIfAborted();
  const disk = means.disk ?? realDisk;
  const folder = path.dirname(order.to);
  const room = async (): Promise<Room> => ({
    neededBytes: order.expected.size.bytes - (await partBytes(order.to)) + (means.spareBytes ?? spareBytes),
    freeBytes: await disk.freeBytes(folder),
  });
  try {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await forgetOtherPart(order);
    await refuseWithoutRoom(folder, room);
    const handle = await disk.openPart(partOf(order.to));
    const part = new PartFile(order.to, handle, order.expected.integrity.startsWith('sha512-') ? 'sha512' : 'sha256');
    try {
      await complete(order, part, means);
    } catch (error) {
      if (isWorthless(error) || part.receivedBytes === 0) await part.close().then(() => discardPart(order.to));
      throw error;
    } finally {
      await part.close();
    }
  } catch (error) {
    order.signal.throwIfAborted();
    throw await diskFailure(error instanceof DiskError ? error.cause : error, folder, room);
  }
}

/** Whether it showed that what has arrived is not of the file that was meant. */
const isWorthless = (error: unknown): boolean =>
  error instanceof FailureError && error.failure.kind === 'download-failed' && error.failure.cause === 'wrong-checksum';

/** A part of another file, or one of which nothing is known. */
async function forgetOtherPart({ to, expected }: DownloadOrder): Promise<void> {
  const record = await readPartRecord(to);
  const isTooLong = (await partBytes(to)) > expected.size.bytes;
  if (record?.integrity !== expected.integrity || isTooLong) await discardPart(to);
}

async function refuseWithoutRoom(folder: string, room: () => Promise<Room>): Promise<void> {
  const { neededBytes, freeBytes } = await room();
  if (freeBytes >= neededBytes) return;
  throw new FailureError({ kind: 'no-space', path: folder.slice(0, 2000), neededBytes, freeBytes });
}

async function complete(order: DownloadOrder, part: PartFile, means: DownloadMeans): Promise<void> {
  const { signal, onStep, expected } = order;
  const foundBytes = await partBytes(order.to);
  if (foundBytes > 0) {
    await part.takeOver(signal, (checkedBytes) => onStep?.({ kind: 'checking', checkedBytes, partBytes: foundBytes }));
  }
  await receiveAll(order, part, means);
  if (!part.matches(expected.integrity) && part.foundBytes > 0) {
    // A power cut may have left bytes that never reached the disk.
    await part.clear();
    onStep?.({ kind: 'started-over', why: 'damaged' });
    await receiveAll(order, part, means);
  }
  if (!part.matches(expected.integrity)) throw downloadFailed(order.url.host, 'wrong-checksum');
  await part.finish();
}

/** Until nothing is missing; a connection that brought something earns new tries. */
async function receiveAll(order: DownloadOrder, part: PartFile, means: DownloadMeans): Promise<void> {
  const { size } = order.expected;
  let failed = 0;
  while (size.kind !== 'exact' || part.receivedBytes < size.bytes) {
    const before = part.receivedBytes;
    try {
      await receivePart(order, part, means);
      return;
    } catch (error) {
      failed = part.receivedBytes > before ? 1 : failed + 1;
      if (!isPassing(error) || failed >= triesAtMost) throw error;
    }
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** failed) * (0.5 + means.random() / 2);
    order.onStep?.({ kind: 'waiting', delayMs, receivedBytes: part.receivedBytes });
    await pause(means.clock, delayMs, order.signal);
  }
}

async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => reject(signal.reason);
  const timer = clock.after(delayMs, resolve);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await promise;
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', abort);
  }
}
