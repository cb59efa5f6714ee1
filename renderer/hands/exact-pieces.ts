/** A stretch of a text as a person sees it, or what stands in its place because it could not be seen. */
export type ExactPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** One character that is not seen, or makes others look other than they are: its code as "U+202E". */
  | { readonly kind: 'hidden'; readonly code: string }
  /** Spaces enough to push what follows out of view. */
  | { readonly kind: 'spaces'; readonly count: number };

/** From this many spaces on, they are counted instead of shown. */
const manySpaces = 24;

/**
 * Controls but tab and new line, marks and overrides of the writing direction, zero-width characters, tags, separators,
 * private use (Unicode Technical Report 36), and spaces other than the usual one; or a long run of spaces.
 */
const unseen = new RegExp(
  `[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800]|(?! )\\p{Zs}| {${manySpaces},}`,
  'gu',
);

/** Inside of an emoji, or asking for its coloured or its plain form; and joiners without which scripts are misspelled. */
const needed = [
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/gu,
  /(?<=\p{Emoji})[\uFE0E\uFE0F]/gu,
  /(?<=[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}])[\u200C\u200D]/gu,
];

/** Most texts, which need no closer look. */
const plain = /^[\t\n\x20-\x7E]*$/;

/** Takes a text apart so that nothing in it can hide. Tab and new line stay as they are. Pure. */
export function exactPieces(text: string): readonly ExactPiece[] {
  if (plain.test(text) && !text.includes(' '.repeat(manySpaces))) return text === '' ? [] : [{ kind: 'text', text }];
  const kept = new Set(needed.flatMap((pattern) => [...text.matchAll(pattern)].map(({ index }) => index)));
  const pieces: ExactPiece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(unseen)) {
    if (kept.has(index) || found === '\n' || found === '\t') continue;
    if (index > end) pieces.push({ kind: 'text', text: text.slice(end, index) });
    pieces.push(
      found.startsWith(' ') ? { kind: 'spaces', count: found.length } : { kind: 'hidden', code: codeOf(found) },
    );
    end = index + found.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** A name inside of a sentence: on one line, with codes in brackets where something could not be seen. Pure. */
export function exactName(text: string): string {
  return exactPieces(text)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text.replaceAll(/[\n\t]/g, (found) => `[${codeOf(found)}]`);
      return piece.kind === 'hidden' ? `[${piece.code}]` : `[U+0020 × ${piece.count}]`;
    })
    .join('');
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
