import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { DownloadOrder } from './download-order.ts';
import { discardPart } from './part-record.ts';

/**
 * Whether the file of an order is in its place already, whole and with the right digest: a crash may have come between
 * its last byte and the note that it is here. What stood beside it is gone then. Changes nothing else. Rejects with the
 * signal's reason.
 */
export async function adoptFile({ to, expected, signal, onStep }: DownloadOrder): Promise<boolean> {
  const stat = await fs.promises.stat(to).catch(() => null);
  if (!stat?.isFile() || stat.size !== expected.size.bytes) return false;
  const algorithm = expected.integrity.startsWith('sha512-') ? 'sha512' : 'sha256';
  const hash = createHash(algorithm);
  let checkedBytes = 0;
  try {
    for await (const piece of fs.createReadStream(to, { highWaterMark: 1024 * 1024, signal })) {
      hash.update(piece);
      checkedBytes += piece.length;
      onStep?.({ kind: 'checking', checkedBytes, partBytes: stat.size });
    }
  } catch {
    signal.throwIfAborted();
    // It cannot be read: what is downloaded takes its place, or says why it cannot.
    return false;
  }
  if (`${algorithm}-${hash.digest('base64')}` !== expected.integrity) return false;
  await discardPart(to);
  return true;
}
