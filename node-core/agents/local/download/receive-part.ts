import type { IncomingAnswer } from '../../models/send-request.ts';
import { bodyFailure, downloadFailed } from './download-failures.ts';
import type { DownloadMeans, DownloadOrder } from './download-order.ts';
import type { PartFile } from './part-file.ts';
import { type PartRecord, readPartRecord, writePartRecord } from './part-record.ts';
import { type PartAnswer, requestPart } from './request-part.ts';

/** Errors of the disk, apart from those of the net. */
export class DiskError extends Error {}

/**
 * One connection's worth of a download: asks for what is missing and writes it down until all is there. Rejects with a
 * `download-failed`, a DiskError or the signal's reason; what has arrived by then stays in the part.
 */
export async function receivePart(order: DownloadOrder, part: PartFile, means: DownloadMeans): Promise<void> {
  const record = await readPartRecord(order.to);
  const validator = record?.url === order.url.href ? record.validator : null;
  const given = await requestPart(order, { fromByte: part.receivedBytes, validator }, means);
  const stop = (): void => given.answer.close();
  order.signal.addEventListener('abort', stop, { once: true });
  try {
    const totalBytes = await beginBody(given, order, part);
    await receiveBody(given, { order, part, totalBytes });
  } finally {
    order.signal.removeEventListener('abort', stop);
    given.answer.close();
  }
}

/** Brings the part in line with what will be sent. @returns the size of the whole, `null`: unknown */
async function beginBody({ answer, host }: PartAnswer, order: DownloadOrder, part: PartFile): Promise<number | null> {
  // Before anything is thrown away: what is offered may be the page of a login, and the right file is back tomorrow.
  const totalBytes = totalOf(answer);
  const encoding = answer.header('content-encoding') ?? 'identity';
  // Nobody asked for it: what is packed on the way has other bytes than those that the digest is of.
  if (encoding !== 'identity') throw downloadFailed(host, 'wrong-size', encoding);
  if (isWrongTotal(totalBytes, order)) throw downloadFailed(host, 'wrong-size', String(totalBytes));
  if (!continues(answer, part)) {
    if (part.receivedBytes > 0)
      await startOver(
        order,
        part,
        answer.status === 200 ? whyWhole(answer, await readPartRecord(order.to)) : 'changed',
      );
    // Asked without a range, the next time it is given whole.
    if (answer.status !== 200) throw downloadFailed(host, 'cut');
  }
  await onDisk(() =>
    writePartRecord(order.to, {
      version: 1,
      url: order.url.href,
      integrity: order.expected.integrity,
      validator: validatorOf(answer),
      sizeBytes: totalBytes,
    }),
  );
  return totalBytes;
}

/** A whole answer to a wish for the rest: with another mark, or from one who gives no rests. */
const whyWhole = (answer: IncomingAnswer, record: PartRecord | null): 'changed' | 'no-ranges' =>
  record?.validator && record.validator !== validatorOf(answer) ? 'changed' : 'no-ranges';

async function startOver(order: DownloadOrder, part: PartFile, why: 'changed' | 'no-ranges'): Promise<void> {
  await onDisk(() => part.clear());
  order.onStep?.({ kind: 'started-over', why });
}

/** Whether the body goes on where the part ends. */
function continues(answer: IncomingAnswer, part: PartFile): boolean {
  if (answer.status === 200) return part.receivedBytes === 0;
  if (answer.status !== 206) return false;
  const [, from] = /^bytes (\d+)-/.exec(answer.header('content-range') ?? '') ?? [];
  return Number(from) === part.receivedBytes;
}

function totalOf(answer: IncomingAnswer): number | null {
  const [, total] = /\/(\d{1,15})$/.exec(answer.header('content-range') ?? '') ?? [];
  const length = answer.status === 200 ? answer.header('content-length') : total;
  return length !== undefined && length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

const isWrongTotal = (totalBytes: number | null, { expected: { size } }: DownloadOrder): boolean =>
  totalBytes !== null && (size.kind === 'exact' ? totalBytes !== size.bytes : totalBytes > size.bytes);

/** A weak ETag says nothing about bytes (RFC 9110, section 8.8.1). */
function validatorOf(answer: IncomingAnswer): string | null {
  const tag = answer.header('etag');
  const mark = tag !== null && !tag.startsWith('W/') ? tag : answer.header('last-modified');
  return mark === null || mark.length > 1000 ? null : mark;
}

interface Receiving {
  readonly order: DownloadOrder;
  readonly part: PartFile;
  readonly totalBytes: number | null;
}

async function receiveBody({ answer, host }: PartAnswer, { order, part, totalBytes }: Receiving): Promise<void> {
  const { size } = order.expected;
  const shownTotal = totalBytes ?? (size.kind === 'exact' ? size.bytes : null);
  for (;;) {
    order.onStep?.({ kind: 'receiving', receivedBytes: part.receivedBytes, totalBytes: shownTotal });
    const chunk = await nextChunk(answer, host, order.signal);
    if (chunk === null) break;
    if (part.receivedBytes + chunk.length > size.bytes) {
      await onDisk(() => part.clear());
      throw downloadFailed(host, 'wrong-size');
    }
    await onDisk(() => part.append(chunk));
  }
  if (shownTotal !== null && part.receivedBytes < shownTotal) throw downloadFailed(host, 'cut');
}

async function nextChunk(answer: IncomingAnswer, host: string, signal: AbortSignal): Promise<Uint8Array | null> {
  signal.throwIfAborted();
  try {
    return await answer.read();
  } catch (error) {
    signal.throwIfAborted();
    throw bodyFailure(error, host);
  }
}

async function onDisk(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new DiskError('disk', { cause: error });
  }
}
