import vm from 'node:vm';

/** Work that took too long and was broken off. */
export class TookTooLong extends Error {
  constructor(limitMs: number) {
    super(`took longer than ${limitMs} ms`);
    this.name = 'TookTooLong';
  }
}

const script = new vm.Script('work()');

/**
 * Calls `work`, which computes and waits for nothing, and breaks it off after `limitMs`, wherever it is: for
 * computations whose length strangers decide. Nothing else runs in this process meanwhile. What `work` throws is thrown
 * on; throws TookTooLong at the end of the time.
 */
export function callWithin<T>(limitMs: number, work: () => T): T {
  const done: { value: T }[] = [];
  const keep = (): void => void done.push({ value: work() });
  try {
    script.runInNewContext({ work: keep }, { timeout: limitMs });
  } catch (error) {
    if (isTimeout(error)) throw new TookTooLong(limitMs);
    throw error;
  }
  const [result] = done;
  if (!result) throw new Error('the work ended without a result');
  return result.value;
}

/** The error is made in the other context, so it is no `Error` of this one. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
