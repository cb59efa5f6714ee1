/**
 * How the Guide takes a text apart: words without accents and capitals, and their stems. English only, and only as far
 * as a few hundred short help texts need: the endings of plural, past and progress.
 */

/** Longest text that is taken apart, in characters; the rest is not looked at. */
const maxChars = 40_000;

/** Lower-case words in their order; apostrophes join (`doesn't` is `doesnt`), everything else that is no letter or digit parts. */
export function wordsOf(text: string): readonly string[] {
  return text
    .slice(0, maxChars)
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`´]/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => written.get(word) ?? word);
}

/** How people write some words when they are in a hurry. */
const written: ReadonlyMap<string, string> = new Map([
  ['u', 'you'],
  ['ur', 'your'],
  ['r', 'are'],
  ['wat', 'what'],
  ['wut', 'what'],
  ['pls', 'please'],
  ['plz', 'please'],
  ['thx', 'thanks'],
  ['msg', 'message'],
  ['msgs', 'messages'],
  ['cant', 'cannot'],
  ['w', 'with'],
]);

/** Two words side by side, as one term. */
export interface Pair {
  /** `no model` of "there is no such model". */
  readonly term: string;
  /** How much it says, 0..1. */
  readonly meaning: number;
}

/** The neighbours of a text, as stems; words that say nothing are passed over. */
export function pairsOf(words: readonly string[]): readonly Pair[] {
  const telling = words.filter((word) => meaningOf(word) >= faintMeaning);
  return telling.slice(1).map((word, place) => {
    const before = telling[place] ?? '';
    return { term: `${stemOf(before)} ${stemOf(word)}`, meaning: Math.sqrt(meaningOf(before) * meaningOf(word)) };
  });
}

/** The stem of a lower-case word: not always a word, but the same for a word's usual forms. */
export function stemOf(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  return withoutFinalE(withoutVerbEnding(withoutPlural(word)));
}

const withoutPlural = (word: string): string => {
  if (/^.{4,}ally$/.test(word)) return word.slice(0, -4);
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|z)es$/.test(word)) return word.slice(0, -2);
  return /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
};

const withoutVerbEnding = (word: string): string => {
  const rest = /^(.*[aeiouy].*)ing$/.exec(word)?.[1] ?? /^(.*[aeiouy].*[^e])ed$/.exec(word)?.[1];
  if (rest === undefined || rest.length < 2) return word;
  return /([bdfgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest;
};

const withoutFinalE = (word: string): string => (word.length > 2 && word.endsWith('e') ? word.slice(0, -1) : word);

const empty = `a an the this that these those it its itself is are was were be been being am do does did done doing i im ive
me my mine myself you youre your yours he she they them their we our us to of in on at for with from by as into onto and or
but so if then than too also just only some any all each really very actually maybe please pls plz can could would should
shall will may might must have has had having get got gets getting let lets want wants wanted need needs u ur r there here
about thing things stuff kind way ok okay hmm um well now one go goes going been still even ever again much many more most
hi hello hey oops sorry yes yeah`;

const faint = `what wat wut whats which who whose whom where wheres when why how hows no not dont doesnt didnt cant cannot wont
isnt arent if up down out off over use give gives gave like likes liked think thinks thought say says said tell tells told
know knows knew mean means guess seem seems happen happens happened try tries tried trying put puts make makes made making
take takes took come comes came look looks good bad right sure best suddenly somehow someone somebody something anything
everything nothing exactly question`;

const emptyWords: ReadonlySet<string> = new Set(empty.split(/\s+/));
const faintWords: ReadonlySet<string> = new Set(faint.split(/\s+/));

const faintMeaning = 0.25;
/** Not 0, so that a question of such words alone still finds the one that is most like it. */
const emptyMeaning = 0.03;

/** How much a word says about what is asked, 0..1, before its rarity is looked at. */
export function meaningOf(word: string): number {
  if (emptyWords.has(word)) return emptyMeaning;
  return faintWords.has(word) ? faintMeaning : 1;
}

/** Words that say little; a mistyped one is recognised by them. */
export const plainWords: readonly string[] = [...emptyWords, ...faintWords];
