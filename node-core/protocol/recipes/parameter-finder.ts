import type { JsonValue } from '../json-value.ts';
import { type FoundValue, findValues } from './find-values.ts';
import type { ParameterType, RecipeParameter } from './recipe.ts';
import { namesIn, numberPlaceholderOf, placeholderOf } from './template.ts';

/** Most parameters of a recipe. */
export const maxParameters = 20;

/** Shortest argument that counts as taken from the prompt though nothing sets it apart there, in characters. */
const minPlainChars = 3;

/** A piece of a text that is put aside so that no other rule looks into it. */
const put = (index: number): string => `\u0000${index}\u0000`;

/** Finds what the person wrote in the arguments of tools, and makes parameters of it. */
export class ParameterFinder {
  readonly #prompt: string;
  readonly #candidates: readonly FoundValue[];
  readonly #parameters = new Map<string, RecipeParameter>();

  /** @param prompt what the person wrote */
  constructor(prompt: string) {
    this.#prompt = prompt;
    // The longer first: a folder within a path is the path's.
    this.#candidates = [...findValues(prompt)].sort((a, b) => b.value.length - a.value.length);
  }

  /** In order of their first use. */
  parameters(): readonly RecipeParameter[] {
    return [...this.#parameters.values()];
  }

  /** Arguments with placeholders for what the person wrote. */
  template(given: JsonValue, key = ''): JsonValue {
    if (typeof given === 'number') return this.#number(given, key);
    if (typeof given === 'string') return this.#text(given, key);
    if (Array.isArray(given)) return given.map((each: JsonValue) => this.template(each, key));
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, this.template(value, name)]));
  }

  /** The prompt with the placeholders of the parameters that were found. */
  templateOfJob(): string {
    for (const literal of literalsOf(this.#prompt)) this.#nameFor(literal, literal.value);
    const longerFirst = this.parameters().toSorted((a, b) => b.value.length - a.value.length);
    return replaceAll(
      this.#prompt,
      longerFirst.map(({ name, value }) => ({ value, by: placeholderOf(name) })),
    );
  }

  #number(given: number, key: string): JsonValue {
    const found = this.#candidates.find(({ type, value }) => type === 'number' && Number(value) === given);
    const name = found && this.#nameFor(found, key);
    return name === undefined ? given : numberPlaceholderOf(name);
  }

  #text(given: string, key: string): string {
    const whole = given.trim();
    const isWhole = this.#candidates.some(({ value }) => value === whole) || this.#standsInPrompt(whole);
    if (isWhole) {
      const found = this.#candidates.find(({ value }) => value === whole) ?? { type: 'text' as const, value: whole };
      const name = this.#nameFor(found, key);
      return name === undefined ? given : given.replace(whole, () => placeholderOf(name));
    }
    const within = this.#candidates.filter(({ type, value }) => type !== 'number' && occurs(given, value));
    const replaced = [...within, ...literalsOf(given)].flatMap((found) => {
      const name = this.#nameFor(found, found.value.startsWith('{{') ? found.value : '');
      return name === undefined ? [] : [{ value: found.value, by: placeholderOf(name) }];
    });
    return replaceAll(given, replaced);
  }

  /** As words of their own, and not all of what the person wrote. */
  #standsInPrompt(text: string): boolean {
    return text.length >= minPlainChars && text.length < this.#prompt.trim().length && occurs(this.#prompt, text);
  }

  /** `undefined`: there are too many already. */
  #nameFor({ type, value }: FoundValue, key: string): string | undefined {
    const known = this.#parameters.get(value);
    if (known) return known.name;
    if (this.#parameters.size >= maxParameters) return undefined;
    const name = this.#freeName(nameFrom(key) ?? nameOfType[type]);
    this.#parameters.set(value, { name, type, value });
    return name;
  }

  #freeName(wanted: string): string {
    const taken = new Set(this.parameters().map(({ name }) => name));
    if (!taken.has(wanted)) return wanted;
    let number = 2;
    while (taken.has(`${wanted}_${number}`)) number += 1;
    return `${wanted}_${number}`;
  }
}

/** What looks like a placeholder and is none, as in a template that was written: it becomes the value of a parameter. */
const literalsOf = (text: string): readonly FoundValue[] =>
  namesIn(text).flatMap((name) =>
    [placeholderOf(name), numberPlaceholderOf(name)]
      .filter((value) => text.includes(value))
      .map((value) => ({ type: 'text' as const, value })),
  );

const nameOfType: Readonly<Record<ParameterType, string>> = {
  text: 'words',
  path: 'path',
  date: 'date',
  number: 'number',
};

/** The argument's own name, as a parameter may be called. */
function nameFrom(key: string): string | null {
  const name = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 30);
  return name === '' ? null : name;
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{M}\p{N}_]/u.test(character);

/** Where `value` begins in `text` as words of their own, from `from` on; -1: nowhere. */
function placeOf(text: string, value: string, from = 0): number {
  for (let at = text.indexOf(value, from); at >= 0; at = text.indexOf(value, at + 1)) {
    const cutsBefore = isWordCharacter(value[0]) && isWordCharacter(text[at - 1]);
    const cutsAfter = isWordCharacter(value.at(-1)) && isWordCharacter(text[at + value.length]);
    if (!cutsBefore && !cutsAfter) return at;
  }
  return -1;
}

const occurs = (text: string, value: string): boolean => placeOf(text, value) >= 0;

function replaceAll(text: string, pairs: readonly { readonly value: string; readonly by: string }[]): string {
  let marked = text;
  pairs.forEach(({ value }, index) => {
    for (let at = placeOf(marked, value); at >= 0; at = placeOf(marked, value, at + put(index).length)) {
      marked = marked.slice(0, at) + put(index) + marked.slice(at + value.length);
    }
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark is a character that no text holds
  return marked.replace(/\u0000(\d+)\u0000/g, (_, index: string) => pairs[Number(index)]?.by ?? '');
}
