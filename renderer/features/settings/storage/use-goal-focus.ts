import { type RefObject, useEffect, useRef } from 'react';
import type { StorageGoal } from '../../../screen.tsx';

/** For a button that a menu leads to: it comes into view with the focus, so that Enter goes on. `null`: leave it. */
export function useGoalFocus(goal: StorageGoal | null): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!goal) return;
    button.current?.scrollIntoView({ block: 'center' });
    button.current?.focus();
  }, [goal]);
  return button;
}
