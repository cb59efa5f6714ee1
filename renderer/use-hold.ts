import { useEffect } from 'react';
import { useScreen } from './screen.tsx';

/** While it is held, what is shown stays under the person's hand: a link that is opened elsewhere waits. */
export function useHold(isHeld = true): void {
  const hold = useScreen((state) => state.hold);
  const release = useScreen((state) => state.release);
  useEffect(() => {
    if (!isHeld) return;
    hold();
    return release;
  }, [isHeld, hold, release]);
}
