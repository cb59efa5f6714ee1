import type { KnowledgeHit } from '../../../api/knowledge-views.ts';
import { fold } from '../index/rank-texts.ts';
import { termsOf } from '../text/search-words.ts';

/** Longest piece of a line that is shown, in characters. */
const mostChars = 240;

/** The line of a passage that answers a query best, with the words of the query marked. */
export function bestLine(text: string, firstLine: number, query: string): Pick<KnowledgeHit, 'line' | 'snippet'> {
  const forms = termsOf(query, true).flatMap((term) => term.forms.map(fold));
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const scores = lines.map((line) => {
    const folded = fold(line);
    return forms.filter((form) => folded.includes(form)).length;
  });
  const most = Math.max(...scores);
  if (most === 0) return beginning(lines, firstLine);
  const best = scores.indexOf(most);
  return { line: firstLine + best, snippet: marked(lines[best] ?? '', forms) };
}

/** What was found by its meaning alone holds none of the words: then its beginning tells most. */
function beginning(lines: readonly string[], firstLine: number): Pick<KnowledgeHit, 'line' | 'snippet'> {
  const first = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const text = lines
    .slice(first)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  return { line: firstLine + first, snippet: [{ text: text.slice(0, mostChars), isMatch: false }] };
}

const marked = (line: string, forms: readonly string[]): KnowledgeHit['snippet'] => {
  const words = [...line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
  const isMatch = (word: string): boolean => forms.some((form) => fold(word).includes(form));
  const first = words.find(([word]) => isMatch(word))?.index ?? 0;
  const from = line.length <= mostChars ? 0 : Math.max(0, first - mostChars / 4);
  const to = from + mostChars;
  const pieces: KnowledgeHit['snippet'] = [];
  let at = from;
  for (const found of words) {
    const [word] = found;
    if (found.index < from || found.index + word.length > to || !isMatch(word)) continue;
    if (found.index > at) pieces.push({ text: line.slice(at, found.index), isMatch: false });
    pieces.push({ text: word, isMatch: true });
    at = found.index + word.length;
  }
  if (at < Math.min(to, line.length)) pieces.push({ text: line.slice(at, to), isMatch: false });
  return pieces;
};
