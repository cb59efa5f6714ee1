import type { JsonValue } from '../json-value.ts';
import type { RecipeDraft, RecipeParameter } from './recipe.ts';

/** `{{name}}`, or `{{name|number}}` where it is the whole of a value that is a number. */
const placeholder = /\{\{([a-z][a-z0-9_]{0,39})(\|number)?\}\}/g;

/** What a placeholder of the parameter looks like. */
export const placeholderOf = (name: string): string => `{{${name}}}`;
/** The same, as a value that is a number. */
export const numberPlaceholderOf = (name: string): string => `{{${name}|number}}`;

/** A text with its parameters put in. A name that has no value stays as it stands. Pure. */
export function fillText(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(placeholder, (whole, name: string) => values.get(name) ?? whole);
}

/** Arguments with their parameters put in; what is put in is never read as a template again. Pure. */
export function fillValue(template: JsonValue, values: ReadonlyMap<string, string>): JsonValue {
  if (typeof template === 'string') return fillLeaf(template, values);
  if (Array.isArray(template)) return template.map((each: JsonValue) => fillValue(each, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillValue(value, values)]));
}

function fillLeaf(template: string, values: ReadonlyMap<string, string>): JsonValue {
  const number = /^\{\{([a-z][a-z0-9_]{0,39})\|number\}\}$/.exec(template)?.[1];
  const value = number === undefined ? undefined : values.get(number);
  return value === undefined ? fillText(template, values) : Number(value);
}

/** Names that templates use, in order and once each. */
export function namesIn(template: JsonValue): readonly string[] {
  const text = typeof template === 'string' ? template : JSON.stringify(template);
  return [...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? ''))];
}

/** As people write a placeholder who do not know its exact form. */
const nearPlaceholder = /\{\{\s*([a-z][a-z0-9_]*)\s*(?:\|\s*number\s*)?\}\}/gi;

/**
 * Placeholders of a recipe that would stay as they stand, once each: one that names no parameter, and one that names a
 * parameter but not in the exact form. Pure.
 */
export function strayPlaceholders({
  job,
  parameters,
  steps,
}: Omit<RecipeDraft, 'agentId' | 'title'>): readonly string[] {
  const known = new Set(parameters.map(({ name }) => name));
  const used = [job, ...steps.map((step) => (step.kind === 'say' ? step.text : leavesOf(step.arguments)))].join('\n');
  const stray = [...used.matchAll(nearPlaceholder)].filter(([whole, name = '']) => {
    const isExact = whole.replace(placeholder, '') === '';
    return isExact ? !known.has(name) : known.has(name.toLowerCase());
  });
  return [...new Set(stray.map(([whole]) => whole))];
}

const leavesOf = (value: JsonValue): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((each: JsonValue) => leavesOf(each)).join('\n');
  return typeof value === 'object' && value !== null ? Object.values(value).map(leavesOf).join('\n') : '';
};

/** Why a value cannot be taken for a parameter. */
export type ValueProblem = 'missing' | 'no-number' | 'no-date' | 'too-long';

/** Most characters of one value. */
export const maxValueChars = 4000;

/** The values of a run: what was given, else what it was the first time; and what is wrong with them, by name. Pure. */
export function runValues(
  parameters: readonly RecipeParameter[],
  given: Readonly<Record<string, string>>,
): { readonly values: ReadonlyMap<string, string>; readonly problems: ReadonlyMap<string, ValueProblem> } {
  const values = new Map<string, string>();
  const problems = new Map<string, ValueProblem>();
  for (const { name, type, value: first } of parameters) {
    const value = (Object.hasOwn(given, name) ? given[name] : undefined) ?? first;
    const problem = problemOf(type, value);
    if (problem === null) values.set(name, value);
    else problems.set(name, problem);
  }
  return { values, problems };
}

function problemOf(type: RecipeParameter['type'], value: string): ValueProblem | null {
  if (value.trim() === '') return 'missing';
  if (value.length > maxValueChars) return 'too-long';
  if (type === 'number' && !Number.isFinite(Number(value))) return 'no-number';
  if (type === 'date' && !isDate(value)) return 'no-date';
  return null;
}

/** A day as people write it: 2026-10-14, 14.10.2026, 10/14/2026. */
const isDate = (value: string): boolean =>
  /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})|\d{1,2}\/\d{1,2}\/(?:\d{2}|\d{4}))$/.test(value.trim());
