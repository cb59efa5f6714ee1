import { type RefObject, useEffect, useRef, useState } from 'react';
import { useScreen } from '../../../screen.tsx';

/** A question is new for this long, ms; one that comes into view later moves no focus and is not read out again. */
const newMs = 2_000;
/** How long a sentence stays where a screen reader would find it a second time, ms. */
const keptMs = 3_000;

/**
 * Takes the person to a question that has just come up, unless they write or something lies above the page, and to one
 * that they asked to be shown; returns what a screen reader is to say now.
 */
export function useNewQuestion(card: RefObject<HTMLElement | null>, askedAt: number, sentence: string): string {
  const [spoken, setSpoken] = useState('');
  const first = useRef(sentence);
  const isWanted = useScreen(({ questionGoal }) => questionGoal !== null);
  const arrived = useScreen((state) => state.arrived);
  useEffect(() => {
    if (!isWanted) return;
    card.current?.focus({ preventScroll: true });
    arrived();
  }, [card, isWanted, arrived]);
  useEffect(() => {
    if (Date.now() - askedAt > newMs) return;
    setSpoken(first.current);
    if (!isBusy(document.activeElement)) card.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => setSpoken(''), keptMs);
    return () => clearTimeout(timer);
  }, [card, askedAt]);
  return spoken;
}

/** Whoever writes, decides something else, or is inside of another question, stays there. */
const isBusy = (element: Element | null): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null ||
  (element instanceof HTMLElement &&
    (element.isContentEditable ||
      element.matches('input, textarea, select') ||
      element.closest('[data-question]') !== null));
