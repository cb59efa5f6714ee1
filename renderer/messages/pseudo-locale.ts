/** The tag of the pseudo-language, as ICU, Android and Windows have it; nobody's system is set to it by accident. */
export const pseudoLanguage = 'en-XA';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Í',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Ú',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};
/** German and Tamil take about so much more room than English. */
const growth = 0.35;

/** A catalogue in which every text can be told from one that was never translated, and takes more room. */
export function pseudoCatalogue(texts: object): object {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [
      name,
      typeof value === 'string' ? pseudoText(value) : pseudoCatalogue(value as object),
    ]),
  );
}

/** What stands for a value stays as it is. */
export function pseudoText(text: string): string {
  const pieces = text.split(/(\{\{[^}]*\}\}|\$t\([^)]*\)|<\/?\w+\/?>)/);
  const written = pieces.map((piece, index) => (index % 2 === 1 ? piece : accented(piece))).join('');
  const letters = pieces.filter((_, index) => index % 2 === 0).join('').length;
  return `⟦${written}${'·'.repeat(Math.ceil(letters * growth))}⟧`;
}

const accented = (text: string): string => [...text].map((letter) => accents[letter] ?? letter).join('');
