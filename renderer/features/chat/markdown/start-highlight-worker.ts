/** The worker that colours code, or `null` where there are no workers. */
export function startHighlightWorker(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  return new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
}
