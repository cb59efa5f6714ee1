import { ToolRefusal } from '../../tools/tool.ts';

/** What is to become of a text: all of it anew, or one passage of it. */
export type Rewriting =
  | { readonly kind: 'whole'; readonly content: string }
  | { readonly kind: 'passage'; readonly find: string; readonly replace: string };

/** The text after it was rewritten, with the line endings that it has. Throws a ToolRefusal for a passage that is not there once. */
export function rewritten(text: string, rewriting: Rewriting, shown: string): string {
  const adapted = (part: string): string => withEndings(part, isWindowsText(text));
  if (rewriting.kind === 'whole') return adapted(rewriting.content);
  const find = text.includes(rewriting.find) ? rewriting.find : adapted(rewriting.find);
  const at = text.indexOf(find);
  if (at === -1) throw new ToolRefusal(`“${shown}” does not hold the passage to find. Read it again.`);
  if (text.indexOf(find, at + 1) !== -1) {
    throw new ToolRefusal(`“${shown}” holds the passage to find more than once. Give more of the text around it.`);
  }
  return text.slice(0, at) + adapted(rewriting.replace) + text.slice(at + find.length);
}

/** Whether every line ends as on Windows; a text of one line has no endings. */
const isWindowsText = (text: string): boolean => text.includes('\r\n') && !/(?<!\r)\n/.test(text);

const withEndings = (text: string, isWindows: boolean): string => (isWindows ? text.replace(/\r?\n/g, '\r\n') : text);
