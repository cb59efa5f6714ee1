import { titleFrom } from '../conversation-title.ts';
import type { JsonValue } from '../json-value.ts';
import type { PromptPart } from '../ports/answers.ts';
import { ParameterFinder } from './parameter-finder.ts';
import type { RecipeDraft, RecipeStep } from './recipe.ts';

/** A job that was done: what the person asked, and what the answer is made of. */
export interface DoneJob {
  readonly agentId: string;
  readonly prompt: string;
  readonly parts: readonly PromptPart[];
  readonly firstCalls: number | null;
}

/** Most steps of a recipe. */
export const maxSteps = 50;

/** Longest words on what a step is for, in characters. */
const maxPurposeChars = 200;

/** Shortest piece of an argument that is looked for in earlier results, in characters. */
const minTracedChars = 4;

/**
 * A recipe made from a finished answer, for the person to look at; `null` if no tool of it came to something. Rules:
 * - uses of tools that failed or were stopped are left out;
 * - what the person wrote and what came back in an argument becomes a parameter (parameter-finder.ts);
 * - an argument that was read off an earlier result is decided anew by a model, since it would be another one next time;
 * - words after the last tool become a last step in which a model writes them anew.
 * Pure.
 */
export function extractRecipe(job: DoneJob): RecipeDraft | null {
  const finder = new ParameterFinder(job.prompt);
  const steps: RecipeStep[] = [];
  let results = '';
  let said = '';
  for (const part of job.parts) {
    if (part.kind === 'text') {
      said = part.text;
      continue;
    }
    if (part.outcome.kind !== 'done' || steps.length >= maxSteps - 1) continue;
    const given = finder.template(part.arguments);
    const kind = isFromResults(given, results) ? 'decide' : 'tool';
    steps.push({ kind, toolName: part.toolName, purpose: purposeOf(said), arguments: given });
    results += `\n${JSON.stringify(part.outcome.value)}`;
    said = '';
  }
  if (steps.length === 0) return null;
  if (said.trim() !== '') steps.push({ kind: 'say', how: 'model', text: '' });
  return {
    title: titleFrom(job.prompt).slice(0, 120) || 'Recipe',
    agentId: job.agentId,
    job: finder.templateOfJob(),
    parameters: finder.parameters(),
    steps,
    firstCalls: job.firstCalls,
  };
}

/** The last sentence that was said before a tool was used. */
function purposeOf(said: string): string {
  const sentences = said.trim().split(/(?<=[.!?:])\s+|\n+/);
  const last = (sentences.at(-1) ?? '').trim();
  return last.length <= maxPurposeChars ? last : `${last.slice(0, maxPurposeChars - 1)}…`;
}

/** Whether a literal piece of the arguments stands in what earlier steps have shown. */
function isFromResults(given: JsonValue, results: string): boolean {
  if (results === '') return false;
  return leavesOf(given)
    .flatMap((leaf) => leaf.split(/\{\{[^{}]*\}\}/))
    .map((piece) => piece.replace(/^[\s/\\]+|[\s/\\]+$/g, ''))
    .some((piece) => piece.length >= minTracedChars && results.includes(JSON.stringify(piece).slice(1, -1)));
}

function leavesOf(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => leavesOf(each));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
