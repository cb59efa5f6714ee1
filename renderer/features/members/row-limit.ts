/** Most rows of a list that are drawn at a time. */
export const mostRows = 100;

/** The rows that are drawn, and how many more there are. */
export function limitRows<Row>(rows: readonly Row[]): { readonly shown: readonly Row[]; readonly more: number } {
  return { shown: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows) };
}
