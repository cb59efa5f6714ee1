/** Memory of this computer, or of the container that the node runs in, bytes. */
export interface MemoryFacts {
  readonly availableBytes: number;
  readonly totalBytes: number;
}

const mebibyte = 1024 * 1024;

/** Below this much the system begins to slow down or to end programs: a twentieth, but 256 MiB to 1 GiB. */
const leastFree = (totalBytes: number): number => Math.min(1024 * mebibyte, Math.max(256 * mebibyte, totalBytes / 20));

/** Whether memory is so short that a model nobody uses just now must go. Pure. */
export function isMemoryShort({ availableBytes, totalBytes }: MemoryFacts): boolean {
  return availableBytes < leastFree(totalBytes);
}
