/** One line per row under a line of titles; columns as wide as their widest cell. Nothing for no rows. */
export function textTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [titles, ...rows.map((row) => row.map(plainText))];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Text that others chose, on one line: control characters would speak to the terminal. */
export const plainText = (text: string): string => text.replaceAll(/\p{C}/gu, '\u{fffd}');

/** A time as the commands print it, in whole seconds. @param ms since the epoch */
export const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The beginning of a key by which commands take it. */
export const keyText = (publicKey: string): string => publicKey.slice(0, 16);
