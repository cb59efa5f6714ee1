import { type ReactNode, useEffect, useRef } from 'react';

/** Marks what takes the focus when what had it is gone. */
const mark = 'data-focus-home';

/** The home of the focus around an element, or `null`. */
export const focusHomeOf = (element: Element | null): HTMLElement | null =>
  element?.closest<HTMLElement>(`[${mark}]`) ?? null;

/**
 * A part of the page whose rows and buttons go by themselves, when somebody else or the node has acted. What had the
 * focus and went leaves it to this part, so that the keyboard goes on from here and not from the top of the page.
 */
export function FocusHome({ children }: { children: ReactNode }) {
  const home = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = home.current;
    if (!element) return;
    // A removed element loses the focus without an event, so the last one that had it is remembered.
    let last: Element | null = null;
    const remember = (): void => {
      last = element.contains(document.activeElement) ? document.activeElement : null;
    };
    const observer = new MutationObserver(() => {
      if (last && !last.isConnected && document.activeElement === document.body) element.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', remember);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={home} tabIndex={-1} {...{ [mark]: true }} className="outline-none">
      {children}
    </div>
  );
}
