/** What a tiny model that calls tools does, and when. */
export interface TinyAgent {
  readonly contextTokens: number;
  /** What it says when none of its rules holds; ends after it. */
  readonly says: string;
  /** A later one wins over an earlier one; at most eight. With `isMenu` any number, of which one at a time may hold. */
  readonly rules: readonly TinyRule[];
  readonly isMenu?: boolean;
  /** How it calls: with tags, as the models of the catalogue do, or as the engine teaches those that know no way. */
  readonly dialect?: keyof typeof dialects;
  /** Control tokens beside those of its chat template. */
  readonly controls?: readonly string[];
}

/** Holds while `seen`, exactly, is anywhere in what the model was told or has written; not for a part of a word. */
export type TinyRule =
  | { readonly kind: 'say'; readonly seen: string; readonly says: string }
  /** Begins its answer with a call. With `endless` it goes on with that after the arguments, and never comes to an end. */
  | {
      readonly kind: 'call';
      readonly seen: string;
      readonly tool: string;
      readonly arguments: string;
      readonly endless?: string;
    }
  /** After a call it makes another one in the same answer: the one of the last `call` rule that holds then. */
  | { readonly kind: 'more'; readonly seen: string }
  /** After a call it ends, though a rule of kind `more` holds. */
  | { readonly kind: 'enough'; readonly seen: string };

/** A token: `own` and `common` are found in every text, `control` only where the template writes it. */
export interface TinyToken {
  readonly text: string;
  /** `common`: means nothing, but makes a prompt shorter than its bytes. */
  readonly kind: 'unknown' | 'control' | 'own' | 'common' | 'byte';
}

interface Follower {
  readonly after: number;
  readonly next: number;
  /** More than nothing: what follows when no rule says anything else. */
  readonly liking: number;
}

/** A plan in tokens. */
export interface TinyPlan {
  readonly tokens: readonly TinyToken[];
  readonly follows: readonly Follower[];
  /** For each rule the token that it looks for. */
  readonly seen: readonly number[];
  /** For each rule what it wants next, wherever that could follow, and how much. */
  readonly wanted: readonly { readonly next: readonly number[]; readonly weight: number }[];
}

/** What stands around a call: before its name, between name and arguments, after it (`null`: the answer ends there). */
const dialects = {
  tagged: { before: ['<tool_call>', '\n{"name": "'], between: '", "arguments": ', behind: '</tool_call>' },
  plain: { before: ['||call: '], between: '(', behind: null },
} as const;
/**
 * How much is liked what follows where no rule says otherwise. Between any two choices lies so much that a temperature of 0.7,
 * which people's answers have, changes nothing: with 0.5 every twentieth answer was another one.
 */
const usual = 3.5;
const [end, afterName, afterArguments] = ['<|im_end|>', '\n', '\n\n\n\n'];

/** Words that instructions and descriptions of tools are full of. */
const commonWords = [
  ...[
    ' the',
    ' and',
    ' person',
    ' conversation',
    ' computer',
    ' messages',
    ' instead',
    ' between',
    ' files',
    ' before',
  ],
  ...[
    ' change',
    ' anything',
    ' another',
    ' otherwise',
    ' picked',
    ' folder',
    ' question',
    ' answers',
    ' that',
    ' with',
  ],
  ...[
    ' from',
    ' what',
    ' you',
    ' not',
    ' one',
    ' text',
    ' them',
    ' this',
    ' they',
    ' words',
    ' file',
    ' which',
    ' whole',
  ],
  ...['"description": "', '{"type": "', '"properties": ', '"additionalProperties": ', 'string', 'integer', 'object'],
  ...['{"oneOf": [', '"null"}', '{"enum": [', '{"type": "function", "function": {"name": "', '"parameters": '],
];

/** Turns a plan into tokens and what follows what. Pure. Throws where it is no plan. */
export function tinyAgentPlan({ says, rules, controls = [], isMenu = false, dialect = 'tagged' }: TinyAgent): TinyPlan {
  const vocabulary = new Vocabulary(controls);
  const { token } = vocabulary;
  const follows: Follower[] = [];
  const chain = (texts: readonly string[]): number => {
    const tokens = texts.map((text) => vocabulary.fresh(text));
    tokens.forEach((after, at) => {
      follows.push({ after, next: tokens[at + 1] ?? token(end), liking: 0 });
    });
    return tokens[0] ?? token(end);
  };
  const { before, between, behind } = dialects[dialect];
  const [callMark, namePrefix] = [before[0], before.at(-1) ?? before[0]];
  const begins = [chain(wordsOf(says))];
  const [names, begun, ended] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const wanted = rules.map((rule): readonly number[] => {
    if (rule.kind === 'more') return [token(afterName)];
    if (rule.kind === 'enough') return [token(end)];
    if (rule.kind === 'say') {
      const first = chain(wordsOf(rule.says));
      begins.push(first);
      return [first];
    }
    names.add(token(rule.tool));
    const last = token(rule.arguments);
    begun.add(last);
    if (rule.endless === undefined) ended.add(last);
    else {
      const again = vocabulary.fresh(rule.endless);
      follows.push({ after: last, next: again, liking: 0 }, { after: again, next: again, liking: 0 });
    }
    return [token(callMark), token(rule.tool), token(rule.arguments)];
  });
  if (callMark !== namePrefix) follows.push({ after: token(callMark), next: token(namePrefix), liking: 0 });
  for (const next of names) {
    follows.push({ after: token(namePrefix), next, liking: 0 }, { after: next, next: token(afterName), liking: 0 });
  }
  for (const next of begun) follows.push({ after: token(between), next, liking: 0 });
  for (const after of ended) follows.push({ after, next: token(afterArguments), liking: 0 });
  if (behind !== null) {
    follows.push({ after: token(behind), next: token(end), liking: usual });
    follows.push({ after: token(behind), next: token(afterName), liking: 0 });
  }
  const seen = rules.map((rule) => token(rule.seen));
  vocabulary.addCommon();
  // Whatever else comes before it: an answer begins.
  const known = new Set(follows.map(({ after }) => after));
  for (let after = 0; after < vocabulary.tokens.length; after += 1) {
    if (known.has(after)) continue;
    begins.forEach((next, at) => void follows.push({ after, next, liking: at === 0 ? usual : 0 }));
    follows.push({ after, next: token(callMark), liking: 0 });
  }
  const weigh = (next: readonly number[], rule: number) => ({ next, weight: 2 * (isMenu ? 4 : 4 ** (rule + 1)) });
  return { tokens: vocabulary.tokens, follows, seen, wanted: wanted.map(weigh) };
}

/** Words with the space before them. */
const wordsOf = (text: string): readonly string[] => text.split(/(?= )/);

class Vocabulary {
  readonly tokens: TinyToken[];
  readonly #numbers = new Map<string, number>();

  constructor(controls: readonly string[]) {
    const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    this.tokens = [{ text: '<unk>', kind: 'unknown' }];
    for (const text of ['<|endoftext|>', end, '<|im_start|>', ...controls]) this.#add(text, 'control');
    for (const text of bytes) this.#add(text, 'byte');
  }

  #add(text: string, kind: TinyToken['kind']): number {
    this.#numbers.set(text, this.tokens.length);
    return this.tokens.push({ text, kind }) - 1;
  }

  readonly token = (text: string): number => this.#numbers.get(text) ?? this.#add(text, 'own');

  /** Last of all. */
  addCommon(): void {
    for (const text of commonWords) if (!this.#numbers.has(text)) this.#add(text, 'common');
  }

  /** One that was not there before: what follows it hangs on it alone. */
  fresh(text: string): number {
    if (this.#numbers.has(text)) throw new Error(`a tiny agent says nothing twice: ${text}`);
    return this.#add(text, 'own');
  }
}
