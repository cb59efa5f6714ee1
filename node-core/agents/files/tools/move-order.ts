/** One thing that is to have another path. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A move, and which of the others takes away what stands in its place; `null`: nothing stands there. */
export interface DependentMove extends Move {
  /** Index among all moves. */
  readonly after: number | null;
}

/** One hop of an ordered list, and which move it belongs to. */
export interface Hop extends Move {
  readonly move: number;
}

/**
 * Brings moves into an order in which each place is free when it is needed. Where they go round in a circle (a swap),
 * one of them waits at `waitingPlace` meanwhile. No two have the same `from` or the same `to`. Pure.
 */
export function orderMoves(moves: readonly DependentMove[], waitingPlace: (from: string) => string): readonly Hop[] {
  const hops: Hop[] = [];
  const emitted = new Set<number>();
  const emit = (move: number, hop: Move): void => {
    emitted.add(move);
    hops.push({ ...hop, move });
  };
  for (const start of moves.keys()) {
    const { chain, isCircle } = chainFrom(moves, start, emitted);
    const [first, ...others] = chain;
    const move = first === undefined ? undefined : moves[first];
    if (first === undefined || !move) continue;
    const waiting = waitingPlace(move.from);
    if (isCircle) emit(first, { from: move.from, to: waiting });
    for (const index of others.toReversed()) {
      const { from, to } = moves[index] ?? move;
      emit(index, { from, to });
    }
    emit(first, { from: isCircle ? waiting : move.from, to: move.to });
  }
  return hops;
}

/** A move, what has to go before it, what has to go before that, as far as that is not done yet. */
function chainFrom(
  moves: readonly DependentMove[],
  start: number,
  emitted: ReadonlySet<number>,
): { readonly chain: readonly number[]; readonly isCircle: boolean } {
  const chain: number[] = [];
  let next: number | null = start;
  while (next !== null && !emitted.has(next)) {
    if (chain.includes(next)) return { chain, isCircle: true };
    chain.push(next);
    next = moves[next]?.after ?? null;
  }
  return { chain, isCircle: false };
}
