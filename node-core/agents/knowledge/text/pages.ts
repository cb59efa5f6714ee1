/** Where a page begins in the text of a document. */
export interface PageStart {
  /** Counted from 1. */
  readonly page: number;
  readonly line: number;
}

/** The page that a line stands on; `null` where the text has no pages. @param pages first line of each page */
export function pageOf(pages: readonly number[], line: number): number | null {
  // Pages without text begin where the next one does, which is the one that the line stands on.
  const page = pages.findLastIndex((first) => first <= line) + 1;
  return page === 0 ? null : page;
}

/** The pages that a stretch of lines stands on, each with its first line within the stretch. */
export function pagesWithin(pages: readonly number[], from: number, count: number): PageStart[] {
  const first = pageOf(pages, from);
  if (first === null) return [];
  const further = pages.flatMap((line, index) =>
    line > from && line < from + count ? [{ page: index + 1, line }] : [],
  );
  const starts = [{ page: first, line: from }, ...further];
  return starts.filter(({ line }, index) => starts[index + 1]?.line !== line);
}
