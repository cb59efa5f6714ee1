/** Longest line that is shown to a model, in characters; what is beyond is cut, with a mark. */
const maxLineChars = 2000;

/** The lines of a text, as editors count them: a last line break begins no further line. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/**
 * Lines with their numbers, as `12: text`, one to a row.
 *
 * @param from number of the first of `lines` that is shown, counted from 1
 */
export function numberedLines(lines: readonly string[], from: number, count: number): string {
  return numberedFrom(lines.slice(from - 1, from - 1 + count), from);
}

/** A stretch of lines with their numbers, of which the first is `firstLine`. */
export function numberedFrom(lines: readonly string[], firstLine: number): string {
  return lines.map((line, index) => `${firstLine + index}: ${cut(line)}`).join('\n');
}

const cut = (line: string): string => (line.length > maxLineChars ? `${line.slice(0, maxLineChars)} …` : line);
