/** Longest diff that is shown, characters. */
const maxDiffChars = 60_000;
/** Longest line of a diff, characters. */
const maxLineChars = 2000;
/** How long two texts are compared, ms; after that the whole of both is shown. */
const maxCompareMs = 1000;

/**
 * A unified diff of two texts, with three lines around each change. What is beyond 60,000 characters is left out, and
 * how many lines that are is said.
 */
export async function describeDiff(name: string, before: string | null, after: string): Promise<string> {
  // Loaded at its use: most starts compare nothing.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const from = before === null ? '/dev/null' : name;
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY, timeout: maxCompareMs };
  const patch = createTwoFilesPatch(from, name, before ?? '', after, '', '', options);
  return cut(patch ?? wholeOf(from, name, before ?? '', after));
}

function wholeOf(from: string, name: string, before: string, after: string): string {
  const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));
  const [old, fresh] = [linesOf(before), linesOf(after)];
  // Without the place, lines that begin with "-- " or "++ " would be taken for names of files and not be shown.
  const place = `@@ -1,${old.length} +1,${fresh.length} @@`;
  const marked = (mark: string, lines: readonly string[]) => lines.map((line) => `${mark}${line}`);
  return [`--- ${from}`, `+++ ${name}`, place, ...marked('-', old), ...marked('+', fresh)].join('\n');
}

const cutMark = (line: string): string => ` … ${line.length - maxLineChars} more characters of this line are not shown`;

function cut(patch: string): string {
  const lines = patch
    .split('\n')
    .map((line) => (line.length > maxLineChars ? `${line.slice(0, maxLineChars)}${cutMark(line)}` : line));
  let chars = 0;
  const end = lines.findIndex((line) => {
    chars += line.length + 1;
    return chars > maxDiffChars;
  });
  if (end === -1) return lines.join('\n');
  return [...lines.slice(0, end), `… ${lines.length - end} more lines are not shown`].join('\n');
}
