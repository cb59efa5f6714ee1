import type { Fit } from './judge-fit.ts';

/** A model that could be recommended. */
export interface Candidate {
  readonly id: string;
  readonly parameters: number;
  readonly verdict: Fit['verdict'];
  /** Memory that it takes, bytes. */
  readonly neededBytes: number;
}

/** What a computer computes with. */
export interface Processors {
  /** How many threads it runs at once. */
  readonly threads: number;
  /** Memory of the graphics card alone; `null`: there is none, or it is not known. */
  readonly graphicsMemoryBytes: number | null;
  /** Graphics that compute in the computer's own memory (Apple silicon). */
  readonly hasUnifiedGraphics: boolean;
}

/**
 * Most parameters of a model for each thread. Reading a question takes 2 operations for each parameter and token; at
 * 50 billion operations a second and thread, 1,000 tokens then take about 20 s, beyond which nobody waits gladly.
 */
const mostPerThread = 500_000_000;

/**
 * The model to begin with: the largest that fits and is quick enough here, else the smallest that fits, else the smallest
 * that is tight. `null`: none of them can be recommended.
 */
export function recommendModel(models: readonly Candidate[], processors: Processors): string | null {
  const { threads, graphicsMemoryBytes, hasUnifiedGraphics } = processors;
  const isQuick = ({ parameters, neededBytes }: Candidate): boolean =>
    hasUnifiedGraphics || (graphicsMemoryBytes ?? 0) >= neededBytes || parameters <= threads * mostPerThread;
  const bySize = models.toSorted((a, b) => a.parameters - b.parameters);
  const fitting = bySize.filter(({ verdict }) => verdict === 'fits');
  const best = fitting.findLast(isQuick) ?? fitting[0] ?? bySize.find(({ verdict }) => verdict === 'tight');
  return best?.id ?? null;
}
