import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

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
export function describeDiff(name: string, before: string | null, after: string): string {
  const from = before === null ? '/dev/null' : name;
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY, timeout: maxCompareMs };
  const patch = createTwoFilesPatch(from, name, before ?? '', after, '', '', options);
  return cut(patch ?? wholeOf(from, name, before ?? '', after));
}

function wholeOf(from: string, name: string, before: string, after: string): string {
  const marked = (mark: string, text: string): string[] => text.split('\n').map((line) => `${mark}${line}`);
  return [`--- ${from}`, `+++ ${name}`, ...marked('-', before), ...marked('+', after)].join('\n');
}

function cut(patch: string): string {
  const lines = patch
    .split('\n')
    .map((line) => (line.length > maxLineChars ? `${line.slice(0, maxLineChars)} …` : line));
  let chars = 0;
  const end = lines.findIndex((line) => {
    chars += line.length + 1;
    return chars > maxDiffChars;
  });
  if (end === -1) return lines.join('\n');
  return [...lines.slice(0, end), `… ${lines.length - end} more lines are not shown`].join('\n');
}
