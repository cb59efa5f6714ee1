/** A copy in the undo folder. */
export interface StoredCopy {
  readonly name: string;
  readonly sizeBytes: number;
  /** ms since the epoch */
  readonly keptAt: number;
}

/** Copies younger than this stay, ms: what was just done can be taken back. */
const safeMs = 60 * 60_000;

/**
 * Which copies go: those older than `keepMs`, then the oldest until the rest is within `totalBytes`; never one of the
 * last hour. Pure.
 */
export function dueForPurge(
  copies: readonly StoredCopy[],
  { keepMs, totalBytes }: { readonly keepMs: number; readonly totalBytes: number },
  now: number,
): readonly StoredCopy[] {
  const oldestFirst = [...copies].sort((one, other) => one.keptAt - other.keptAt);
  let total = copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return oldestFirst.filter(({ keptAt, sizeBytes }) => {
    const age = now - keptAt;
    if (age <= safeMs || (age <= keepMs && total <= totalBytes)) return false;
    total -= sizeBytes;
    return true;
  });
}
