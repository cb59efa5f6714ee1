import {
  type RecipeDraftView,
  type RecipeView,
  recipeDraftSchema,
  type StepView,
} from '../../../node-core/api/recipe-views.ts';

/** A step in the form: its arguments are text while they are written. */
export interface EditedStep {
  /** Tells one from the next. */
  readonly key: number;
  readonly step: StepView;
  readonly argumentsText: string;
}

/** A recipe in the form. */
export interface EditedRecipe {
  readonly draft: Omit<RecipeDraftView, 'steps'>;
  readonly steps: readonly EditedStep[];
}

/** What can be changed of a recipe; also the start of a copy of it. */
export function draftOfRecipe(recipe: RecipeView): RecipeDraftView {
  const { title, agentId, job, parameters, steps, firstCalls } = recipe;
  return { title, agentId, job, parameters, steps, firstCalls };
}

/** A recipe as the form shows it. */
export function toEdited({ steps, ...draft }: RecipeDraftView): EditedRecipe {
  return {
    draft,
    steps: steps.map((step, key) => ({
      key,
      step,
      argumentsText: step.kind === 'say' ? '' : JSON.stringify(step.arguments, null, 2),
    })),
  };
}

/** The recipe as it is kept, or what is wrong with it: the key of a step whose arguments are no JSON, else the field. */
export type FinishedEdit =
  | { readonly kind: 'draft'; readonly draft: RecipeDraftView }
  | { readonly kind: 'arguments'; readonly key: number }
  | { readonly kind: 'field'; readonly field: string };

/** Reads the form with the rules that the node will apply. */
export function fromEdited({ draft, steps }: EditedRecipe): FinishedEdit {
  const finished: StepView[] = [];
  for (const { key, step, argumentsText } of steps) {
    if (step.kind === 'say') {
      finished.push(step);
      continue;
    }
    try {
      finished.push({ ...step, arguments: JSON.parse(argumentsText) });
    } catch {
      return { kind: 'arguments', key };
    }
  }
  const parsed = recipeDraftSchema.safeParse({ ...draft, steps: finished });
  if (parsed.success) return { kind: 'draft', draft: parsed.data };
  return { kind: 'field', field: String(parsed.error.issues[0]?.path[0] ?? '') };
}

/** The list with one step moved by one place. */
export function moved(steps: readonly EditedStep[], index: number, by: 1 | -1): readonly EditedStep[] {
  const step = steps[index];
  const other = steps[index + by];
  if (!step || !other) return steps;
  return steps.with(index, other).with(index + by, step);
}
