import { type MouseEvent, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** How long a fold may take to open and be measured, ms. */
const moveMs = 400;

/**
 * Whether the person has just opened or closed a fold: then what they look at stays where it is, although the thread
 * would otherwise stay at its end.
 */
export function useFoldHold(): { readonly isMoving: boolean; readonly onClickCapture: (event: MouseEvent) => void } {
  const [moves, setMoves] = useState(0);
  useEffect(() => {
    if (moves === 0) return;
    const timer = setTimeout(() => setMoves(0), moveMs);
    return () => clearTimeout(timer);
  }, [moves]);
  return {
    isMoving: moves > 0,
    onClickCapture: ({ target }) => {
      // Before the fold itself moves.
      if (target instanceof Element && target.closest('summary')) flushSync(() => setMoves((before) => before + 1));
    },
  };
}
