import { ToolRefusal } from '../../tools/tool.ts';

/** Whether a path with `/` between its names fits. */
export type Glob = (relative: string) => boolean;

/** Most alternatives of all braces together. */
const mostAlternatives = 100;

type Token =
  | { readonly kind: 'stretch' }
  /** One character. */
  | { readonly kind: 'one'; readonly fits: (character: string) => boolean };

/**
 * A pattern of file names: `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any folders; one without a `/` is about the last
 * name alone. As usual, what begins with a dot is meant only by a pattern that begins so. Takes a time in proportion
 * to pattern and path, whatever they are: strangers may have written both. Throws a ToolRefusal for too many braces.
 */
export function compileGlob(pattern: string): Glob {
  const alternatives = expanded(pattern).map((each) => each.split('/').map(readName));
  return (relative) => {
    const names = relative.split('/').map((name) => [...name]);
    return alternatives.some((parts) => fitsPath(parts, parts.length === 1 ? names.slice(-1) : names));
  };
}

/** The tokens of one name, or `**`. */
type Part = 'folders' | readonly Token[];

function fitsPath(parts: readonly Part[], names: readonly (readonly string[])[]): boolean {
  // Which numbers of names the parts so far can stand for.
  let ends = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const end of ends) {
      if (part !== 'folders') {
        const name = names[end];
        if (name && fitsName(part, name)) next.add(end + 1);
        continue;
      }
      next.add(end);
      for (let at = end; at < names.length && names[at]?.[0] !== '.'; at += 1) next.add(at + 1);
    }
    ends = next;
  }
  return ends.has(names.length);
}

/** Goes back only to the last stretch, which is enough: whatever an earlier one could take, the last one can as well. */
function fitsName(tokens: readonly Token[], name: readonly string[]): boolean {
  const isOpen = tokens[0]?.kind === 'one' && tokens[0].fits('.') && !tokens[0].fits('a');
  if (name[0] === '.' && !isOpen) return false;
  let [token, at] = [0, 0];
  let back: { readonly token: number; at: number } | null = null;
  while (at < name.length) {
    const present = tokens[token];
    if (present?.kind === 'stretch') {
      token += 1;
      back = { token, at };
    } else if (present?.fits(name[at] ?? '')) {
      token += 1;
      at += 1;
    } else if (back) {
      back.at += 1;
      [token, at] = [back.token, back.at];
    } else return false;
  }
  return tokens.slice(token).every(({ kind }) => kind === 'stretch');
}

function readName(text: string): Part {
  if (text === '**') return 'folders';
  const tokens: Token[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const close = character === '[' ? characters.indexOf(']', at + 2) : -1;
    if (close > at) {
      tokens.push({ kind: 'one', fits: classOf(characters.slice(at + 1, close)) });
      at = close;
    } else if (character === '*') {
      if (tokens.at(-1)?.kind !== 'stretch') tokens.push({ kind: 'stretch' });
    } else if (character === '?') {
      tokens.push({ kind: 'one', fits: () => true });
    } else {
      tokens.push({ kind: 'one', fits: (other) => other === character });
    }
  }
  return tokens;
}

function classOf(given: readonly string[]): (character: string) => boolean {
  const isNot = given[0] === '!' || given[0] === '^';
  const members = isNot ? given.slice(1) : given;
  return (character) => {
    const isMember = members.some((member, at) => {
      if (member === '-' && at > 0 && at < members.length - 1) {
        return (members[at - 1] ?? '') <= character && character <= (members[at + 1] ?? '');
      }
      return member === character;
    });
    return isMember !== isNot;
  };
}

/** Each way to read the braces. */
function expanded(pattern: string): readonly string[] {
  const brace = firstBrace(pattern);
  if (!brace) return [pattern];
  const { before, choices, after } = brace;
  const rest = expanded(after);
  const all = choices
    .flatMap((choice) => expanded(choice))
    .flatMap((choice) => rest.map((end) => before + choice + end));
  if (all.length > mostAlternatives) {
    throw new ToolRefusal(`The pattern has more than ${mostAlternatives} alternatives. Give a simpler one.`);
  }
  return all;
}

interface Brace {
  readonly before: string;
  readonly choices: readonly string[];
  readonly after: string;
}

/** The first pair of braces with a comma in it; braces without one stand for themselves. */
function firstBrace(pattern: string): Brace | null {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    const ends = endsOf(pattern, open);
    const close = ends.at(-1);
    if (close === undefined || ends.length < 2) continue;
    const choices = ends.map((end, index) => pattern.slice((ends[index - 1] ?? open) + 1, end));
    return { before: pattern.slice(0, open), choices, after: pattern.slice(close + 1) };
  }
  return null;
}

/** Where each choice of the braces that open there ends; empty if they are never closed. */
function endsOf(pattern: string, open: number): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  for (let at = open + 1; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (depth === 0 && (character === ',' || character === '}')) ends.push(at);
    if (depth === 0 && character === '}') return ends;
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
  }
  return [];
}
