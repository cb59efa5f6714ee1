const codePattern = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;
const mathPattern = /\$\$|\\\(|\\\[/;

/** Whether an answer may hold a formula. */
export function hasMath(markdown: string): boolean {
  return mathPattern.test(markdown);
}

/** Formulas that models write as `\(x\)` and `\[x\]`, in the `$$` that the parser knows; code is left alone. */
export function withMathFences(markdown: string): string {
  return markdown
    .split(codePattern)
    .map((piece, place) => (place % 2 === 1 ? piece : fenced(piece)))
    .join('');
}

const fence = '$$';

const fenced = (text: string): string =>
  text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_, formula: string) => `\n\n${fence}\n${formula.trim()}\n${fence}\n\n`)
    .replace(/\\\(([^\n]+?)\\\)/g, (_, formula: string) => `${fence}${formula.trim()}${fence}`);
