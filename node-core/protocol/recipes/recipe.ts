import type { JsonValue } from '../json-value.ts';

/** Longest recipe file that is looked at, in characters. */
export const maxRecipeTextChars = 256 * 1024;

/** What a parameter of a recipe is, so that what is given for it can be checked. */
export const parameterTypes = ['text', 'path', 'date', 'number'] as const;
export type ParameterType = (typeof parameterTypes)[number];

/** Something that can be another one each time a recipe runs. */
export interface RecipeParameter {
  /** How templates name it: a small letter, then small letters, digits and `_`, at most 40. */
  readonly name: string;
  readonly type: ParameterType;
  /** As it was the first time. */
  readonly value: string;
}

/** One step. In `arguments`, `job` and `text`, `{{name}}` stands for a parameter; see template.ts. */
export type RecipeStep =
  /** A tool is used with these arguments, without a model. */
  | { readonly kind: 'tool'; readonly toolName: string; readonly purpose: string; readonly arguments: JsonValue }
  /** A model decides the arguments anew, from what the steps before have shown; `arguments` are an example. */
  | { readonly kind: 'decide'; readonly toolName: string; readonly purpose: string; readonly arguments: JsonValue }
  /** A text for the person: a template, or written by a model that is told `text` (empty: to answer the job). */
  | { readonly kind: 'say'; readonly how: 'model' | 'template'; readonly text: string };

/** A job that can be done again. */
export interface RecipeDraft {
  readonly title: string;
  /** Whose tools and permissions it uses: a recipe has none of its own. */
  readonly agentId: string;
  /** What was asked for, as a template. */
  readonly job: string;
  readonly parameters: readonly RecipeParameter[];
  readonly steps: readonly RecipeStep[];
  /** How often a model was asked when the job was done the first time; `null`: not known. */
  readonly firstCalls: number | null;
}

/** How often a model will be asked in one run. */
export function plannedCalls(steps: readonly RecipeStep[]): number {
  return steps.filter((step) => step.kind === 'decide' || (step.kind === 'say' && step.how === 'model')).length;
}
