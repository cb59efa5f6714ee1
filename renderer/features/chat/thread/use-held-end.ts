import { type RefObject, useEffect, useRef } from 'react';

/** How near to the end counts as there, px. */
export const endThreshold = 64;

/**
 * Whoever is at the end of what scrolls stays there while its height changes: a long message is being written below it, or
 * the window becomes smaller. Only scrolling leads away.
 *
 * @param scrollToEnd is called when the height has changed
 */
export function useHeldEnd(scroller: RefObject<HTMLElement | null>, scrollToEnd: () => void): void {
  const latest = useRef(scrollToEnd);
  useEffect(() => {
    latest.current = scrollToEnd;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let height = element.clientHeight;
    let isHeld = true;
    const onScroll = (): void => {
      // What a change of the height does to the place is nobody's scrolling.
      if (element.clientHeight !== height) return;
      isHeld = element.scrollHeight - element.scrollTop - height <= endThreshold;
    };
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === height) return;
      height = element.clientHeight;
      if (isHeld) latest.current();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller]);
}
