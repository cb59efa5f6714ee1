/** Longest part of an answer that is looked at, and longest line, in characters. */
const maxMarkdownChars = 1_000_000;
const maxLineChars = 20_000;

const fenceMark = /^[ \t>]{0,60}(`{3,}|~{3,})(.{0,200})/;

/**
 * The lines of a markdown text that are no code: fences and what stands in them are left out. An open fence reaches to
 * the end, as in CommonMark. Longer lines are cut at 20,000 characters, longer texts at 1,000,000.
 */
export function* proseLines(markdown: string): Generator<string> {
  let fence: string | null = null;
  for (const line of markdown.slice(0, maxMarkdownChars).split(/\r\n|\r|\n/)) {
    const [, mark, rest] = fenceMark.exec(line) ?? [];
    if (fence !== null) {
      if (mark !== undefined && closes(fence, mark, rest ?? '')) fence = null;
    } else if (mark !== undefined) {
      fence = mark;
    } else {
      yield line.slice(0, maxLineChars);
    }
  }
}

const closes = (fence: string, mark: string, rest: string): boolean =>
  mark[0] === fence[0] && mark.length >= fence.length && rest.trim() === '';
