import { z } from 'zod';
import { maxParameters } from '../protocol/recipes/parameter-finder.ts';
import { parameterTypes, type RecipeDraft } from '../protocol/recipes/recipe.ts';
import { missedPolicies, type Rhythm } from '../protocol/recipes/rhythm.ts';
import { maxValueChars } from '../protocol/recipes/template.ts';
import { agentIdSchema, idSchema } from './ids.ts';

/** ms since the epoch */
const time = z.number().int().nonnegative();
const toolName = z.string().min(1).max(300);
const purpose = z.string().max(300);

const value = z.string().max(maxValueChars);
export const parameterNameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

const stepSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tool'), toolName, purpose, arguments: z.json() }),
    z.object({ kind: z.literal('decide'), toolName, purpose, arguments: z.json() }),
    z.object({ kind: z.literal('say'), how: z.enum(['model', 'template']), text: z.string().max(8000) }),
  ]),
);
export type StepView = z.infer<typeof stepSchema>;

const hasOwnNames = (parameters: readonly { readonly name: string }[]): boolean =>
  new Set(parameters.map(({ name }) => name)).size === parameters.length;

/** As `RecipeDraft` of protocol/recipes/recipe.ts. */
export const recipeDraftSchema = z.object({
  title: z.string().trim().min(1).max(120),
  agentId: agentIdSchema,
  job: z.string().max(20_000),
  parameters: z
    .array(z.object({ name: parameterNameSchema, type: z.enum(parameterTypes), value }))
    .max(maxParameters)
    .refine(hasOwnNames, 'two parameters have the same name'),
  steps: z.array(stepSchema).min(1).max(50),
  firstCalls: z.number().int().nonnegative().nullable(),
}) satisfies z.ZodType<RecipeDraft>;
export type RecipeDraftView = z.infer<typeof recipeDraftSchema>;

export const recipeSchema = z.lazy(() =>
  recipeDraftSchema.extend({
    id: idSchema,
    /** How often a model will be asked in a run. */
    calls: z.number().int().nonnegative(),
    createdAt: time,
    updatedAt: time,
  }),
);
export type RecipeView = z.infer<typeof recipeSchema>;

const at = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const lastDay = 31;

export const rhythmSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('daily'), at }),
    z.object({ kind: z.literal('weekdays'), at }),
    z.object({ kind: z.literal('weekly'), day: z.number().int().min(0).max(6), at }),
    z.object({ kind: z.literal('monthly'), day: z.union([z.number().int().min(1).max(28), z.literal(lastDay)]), at }),
    z.object({ kind: z.literal('cron'), text: z.string().trim().min(1).max(100) }),
  ]),
) satisfies z.ZodType<Rhythm>;
export type RhythmView = z.infer<typeof rhythmSchema>;

export const schedulePlanSchema = z.object({
  rhythm: rhythmSchema,
  /** IANA time zone, such as `Europe/Berlin`. */
  zone: z.string().min(1).max(60),
  /** What is done about a run whose time went by while nothing could run. */
  missed: z.enum(missedPolicies),
  values: z.record(parameterNameSchema, value),
});
export type SchedulePlan = z.infer<typeof schedulePlanSchema>;

export const scheduleSchema = z.lazy(() =>
  schedulePlanSchema.extend({
    id: idSchema,
    recipeId: idSchema,
    isPaused: z.boolean(),
    /** `null`: paused, or never again. */
    nextAt: time.nullable(),
  }),
);
export type ScheduleView = z.infer<typeof scheduleSchema>;

export const runStateSchema = z.enum(['queued', 'running', 'waiting', 'done', 'failed', 'stopped', 'missed']);

/** One run of a recipe. */
export const runSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    recipeId: idSchema,
    scheduleId: idSchema.nullable(),
    /** Where it can be seen; `null`: it never began. */
    conversationId: idSchema.nullable(),
    messageId: idSchema.nullable(),
    state: runStateSchema,
    /** Why it failed, stopped or was missed; a sentence. */
    reason: z.string().max(1000).nullable(),
    stepsDone: z.number().int().nonnegative(),
    stepCount: z.number().int().nonnegative(),
    modelCalls: z.number().int().nonnegative(),
    firstCalls: z.number().int().nonnegative().nullable(),
    plannedAt: time,
    endedAt: time.nullable(),
  }),
);
export type RunView = z.infer<typeof runSchema>;

/** Everything about recipes: newest first. */
export const recipesSchema = z.lazy(() =>
  z.object({
    recipes: z.array(recipeSchema),
    schedules: z.array(scheduleSchema),
    /** The newest ones only. */
    runs: z.array(runSchema),
  }),
);
export type RecipesView = z.infer<typeof recipesSchema>;

/** A recipe from a file, before anybody has said yes to it. */
export const recipeReviewSchema = z.lazy(() =>
  z.object({
    draft: recipeDraftSchema,
    /** Names of tools that the chosen agent does not have. */
    missingTools: z.array(z.string().max(300)),
    /** The file's agent is not here, so the default one was put in its place. */
    isOtherAgent: z.boolean(),
  }),
);
export type RecipeReview = z.infer<typeof recipeReviewSchema>;
