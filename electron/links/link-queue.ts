/** Most links that wait behind the one that is shown; the ones after that are dropped. */
const mostWaiting = 5;

/** Links on their way into the page, which is shown one at a time. */
export interface LinkQueue<T> {
  /** Shows it, or lets it wait behind the one that is shown. */
  add(link: T): void;
  /** The page has it; the next one is shown. */
  taken(id: string): void;
}

/** @param shown what the page is shown now; `show` changes it */
export function createLinkQueue<T extends { readonly id: string }>(
  shown: () => T | null,
  show: (link: T | null) => void,
): LinkQueue<T> {
  const waiting: T[] = [];
  return {
    add(link) {
      if (shown() === null) show(link);
      else if (waiting.length < mostWaiting) waiting.push(link);
    },
    taken(id) {
      if (shown()?.id === id) show(waiting.shift() ?? null);
    },
  };
}
