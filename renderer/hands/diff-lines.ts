/** One line of a diff as it is shown. */
export interface DiffLine {
  /** `place`: where in the file the next lines stand; `note`: a remark of the diff itself. */
  readonly kind: 'added' | 'removed' | 'same' | 'place' | 'note';
  readonly text: string;
}

const fileNames = /^(?:--- |\+\+\+ |diff |index |=+$|Index: )/;

/** Reads a unified diff. The lines that name the two files are left out: they are said elsewhere. Pure. */
export function diffLines(diff: string): readonly DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  const content = lines.filter((line) => /^[-+ ]/.test(line) && !fileNames.test(line));
  // Where every line ends like this it is no change; where some do it must be seen.
  const isCrLf = content.every((line) => line.endsWith('\r'));
  let isInside = false;
  return lines.flatMap((line): DiffLine[] => {
    if (line.startsWith('@@')) {
      isInside = true;
      return [{ kind: 'place', text: line }];
    }
    // Below the first place, "--- " is a removed line that begins with dashes.
    if (!isInside && fileNames.test(line)) return [];
    return [lineOf(isCrLf ? line.replace(/\r$/, '') : line)];
  });
}

/** How many lines come and go. Pure. */
export function countLines(lines: readonly DiffLine[]): { readonly added: number; readonly removed: number } {
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return { added: count('added'), removed: count('removed') };
}

function lineOf(line: string): DiffLine {
  switch (line[0]) {
    case '+':
      return { kind: 'added', text: line.slice(1) };
    case '-':
      return { kind: 'removed', text: line.slice(1) };
    case ' ':
      return { kind: 'same', text: line.slice(1) };
    case undefined:
      return { kind: 'same', text: '' };
    case '\\':
      return { kind: 'note', text: line.slice(1).trim() };
    default:
      return { kind: 'note', text: line };
  }
}
