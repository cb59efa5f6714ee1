import { z } from 'zod';
import { maxRecipeTextChars } from '../protocol/recipes/recipe.ts';
import { call, done, nothing, subscription } from './call-shapes.ts';
import { idSchema } from './ids.ts';
import {
  parameterNameSchema,
  recipeDraftSchema,
  recipeReviewSchema,
  recipeSchema,
  recipesSchema,
  rhythmSchema,
  schedulePlanSchema,
  scheduleSchema,
} from './recipe-views.ts';

const values = z.record(parameterNameSchema, z.string().max(4000));

/** The share in the contract of recipes and their schedules. */
export const recipeCalls = {
  /** What a finished answer would be as a recipe. Keeps nothing; `not-a-recipe` if no tool of it came to something. */
  'recipes.fromAnswer': call(z.object({ messageId: idSchema }), recipeDraftSchema),
  'recipes.create': call(recipeDraftSchema, recipeSchema),
  'recipes.update': call(z.object({ id: idSchema, draft: recipeDraftSchema }), recipeSchema),
  /** Its schedules end with it; `recipes.restore` brings it back without them. */
  'recipes.delete': call(z.object({ id: idSchema }), done),
  'recipes.restore': call(z.object({ id: idSchema }), recipeSchema),
  'recipes.export': call(z.object({ id: idSchema }), z.object({ fileName: z.string(), text: z.string() })),
  /** What a recipe file holds. Keeps nothing; `import-unreadable` says what is wrong with it. */
  'recipes.review': call(z.object({ text: z.string().max(maxRecipeTextChars * 2) }), recipeReviewSchema),
  /** Runs a recipe as an answer in a conversation; `null`: in a new one. */
  'recipes.run': call(
    z.object({ id: idSchema, values, conversationId: idSchema.nullable() }),
    z.object({ conversationId: idSchema }),
  ),
  /** The next three times of a rhythm; `invalid-input` if the text or the zone cannot be read, or there are none. */
  'schedules.preview': call(
    z.object({ rhythm: rhythmSchema, zone: z.string().max(60) }),
    z.object({ times: z.array(z.number()).min(1).max(3) }),
  ),
  'schedules.create': call(z.object({ recipeId: idSchema, plan: schedulePlanSchema }), scheduleSchema),
  'schedules.update': call(z.object({ id: idSchema, plan: schedulePlanSchema }), scheduleSchema),
  'schedules.pause': call(z.object({ id: idSchema, isPaused: z.boolean() }), scheduleSchema),
  'schedules.delete': call(z.object({ id: idSchema }), done),
} as const;

export const recipeSubscriptions = {
  'recipes.watch': subscription(nothing, recipesSchema),
} as const;
