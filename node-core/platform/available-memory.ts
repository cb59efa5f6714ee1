import os from 'node:os';
import process from 'node:process';

/** Memory that programs can still get, and all there is, bytes: of this computer, or of the container. */
export function readMemory(): { readonly availableBytes: number; readonly totalBytes: number } {
  const limitBytes = process.constrainedMemory();
  const totalBytes = os.totalmem();
  return {
    availableBytes: process.availableMemory(),
    totalBytes: limitBytes > 0 && limitBytes < totalBytes ? limitBytes : totalBytes,
  };
}
