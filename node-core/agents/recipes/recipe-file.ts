import { z } from 'zod';
import { type RecipeDraftView, recipeDraftSchema } from '../../api/recipe-views.ts';
import { maxRecipeTextChars } from '../../protocol/recipes/recipe.ts';
import { isTooDeep } from '../json-depth.ts';
import { parseJson } from '../stored-json.ts';

const knownVersion = 1;

const headerSchema = z.object({ format: z.literal('nunba-recipe'), version: z.number() });

export type DecodedRecipe =
  | { readonly kind: 'recipe'; readonly draft: RecipeDraftView }
  /** `reason` is a sentence for the person. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A recipe as the text of a file. */
export function encodeRecipe(draft: RecipeDraftView): string {
  const { title, agentId, job, parameters, steps, firstCalls } = draft;
  const recipe = { title, agentId, job, parameters, steps, firstCalls };
  return `${JSON.stringify({ format: 'nunba-recipe', version: knownVersion, ...recipe }, null, 2)}\n`;
}

/** Reads a recipe file from anywhere. Never throws. What it holds is a proposal: it gives no permission. */
export function decodeRecipe(text: string): DecodedRecipe {
  if (text.length > maxRecipeTextChars) {
    return refused(`The file is larger than ${maxRecipeTextChars / 1024} kB.`);
  }
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return refused('It is not a recipe that Nunba saved.');
  if (isTooDeep(value)) return refused('The file is nested too deeply to be a recipe of Nunba.');
  const header = headerSchema.safeParse(value);
  if (!header.success) return refused('The file holds no recipe of Nunba.');
  if (header.data.version > knownVersion)
    return refused('The recipe is of a newer Nunba. Update Nunba, then try again.');
  const parsed = recipeDraftSchema.safeParse(value);
  if (parsed.success) return { kind: 'recipe', draft: parsed.data };
  const issue = parsed.error.issues[0];
  const place = issue?.path.map(String).join('.').slice(0, 100) ?? '';
  return refused(`“${place}” in the file is not as it must be: ${(issue?.message ?? '').slice(0, 200)}.`);
}

const refused = (reason: string): DecodedRecipe => ({ kind: 'refused', reason });
