/** A time in a sentence, ms since the epoch. */
export interface SentenceTime {
  readonly at: number;
}

/** What a `{{name}}` of a sentence stands for; a sentence in a sentence is one of the catalogue again. */
export type SentenceValue = string | number | SentenceTime | KeyedSentence;

/** A sentence of the catalogue by its key (`state.flat`), and what its `{{names}}` stand for. */
export interface KeyedSentence {
  readonly key: string;
  readonly values: Readonly<Record<string, SentenceValue>>;
}

/** Texts by area, then by name; names may lie deeper (`refused.clock`). */
type SentenceAreas = Readonly<Record<string, SentenceTree>>;
interface SentenceTree {
  readonly [name: string]: string | SentenceTree;
}

/** Writes the value of a `{{name}}` where it is not text already. */
export interface ValueWriter {
  time(at: number): string;
  sentence(keyed: KeyedSentence): string;
}

/** The value as it stands in a sentence. */
export function writeValue(value: SentenceValue, write: ValueWriter): string | number {
  if (typeof value !== 'object') return value;
  return 'at' in value ? write.time(value.at) : write.sentence(value);
}

/** The text of a key: the longest name that is there. `null`: there is none. */
export function textOf(areas: SentenceAreas, key: string): string | null {
  const [area = '', ...names] = key.split('.');
  let node: string | SentenceTree | undefined = areas[area];
  for (let place = 0; place < names.length; place += 1) {
    if (typeof node !== 'object') return null;
    const rest: string = names.slice(place).join('.');
    const whole: string | SentenceTree | undefined = Object.hasOwn(node, rest) ? node[rest] : undefined;
    if (typeof whole === 'string') return whole;
    const name: string = names[place] ?? '';
    node = Object.hasOwn(node, name) ? node[name] : undefined;
  }
  return typeof node === 'string' ? node : null;
}
