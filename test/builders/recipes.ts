import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createRecipes, type Recipes } from '../../node-core/agents/recipes/create-recipes.ts';
import { type EndedUse, type RunMeans, runRecipe } from '../../node-core/agents/recipes/run-recipe.ts';
import { defineTool } from '../../node-core/agents/tools/tool.ts';
import type { CallArgument, CallName, CallResult } from '../../node-core/api/contract.ts';
import type { RecipesView, RunView } from '../../node-core/api/recipe-views.ts';
import type { JsonValue } from '../../node-core/protocol/json-value.ts';
import type { AnswerEvent } from '../../node-core/protocol/ports/answers.ts';
import type { DeedRecords } from '../../node-core/protocol/ports/deed-records.ts';
import { createFakeAnswerer } from '../doubles/answerer.ts';
import { noDeeds } from '../doubles/deed-records.ts';
import { anAgent } from './agent-view.ts';
import { openTestChat, type TestChat } from './chat.ts';
import { createIds } from './ids.ts';
import { waitUntil } from './wait.ts';

type Use = (
  call: { readonly callId: string; readonly toolName: string; readonly input: unknown },
  signal: AbortSignal,
) => AsyncGenerator<AnswerEvent, EndedUse>;

// biome-ignore lint/correctness/useYield: nobody is asked
const succeeds: Use = async function* ({ toolName }) {
  return { outcome: { kind: 'done', value: `${toolName} worked` }, canUndo: false };
};

/** What the tools of a test do, and what is known of deeds; the test changes it as it goes. */
export interface RecipeWorld {
  /** What a model decides that a step is given; `undefined`: it says nothing of use. */
  decided: JsonValue | undefined;
  use: Use;
  endOf: RunMeans['deeds']['endOf'];
  restOf: RunMeans['deeds']['restOf'];
}

type RecipeCallName = keyof Recipes['handlers']['calls'] & CallName;

/** Recipes on a real chat, with tools and a model that the test decides on, and a clock that stands still. */
export interface TestRecipes extends TestChat {
  readonly recipes: Recipes;
  readonly world: RecipeWorld;
  /** Uses of tools, in order. */
  readonly uses: { readonly toolName: string; readonly input: unknown }[];
  /** What the model was told, in order. */
  readonly asked: { readonly job: string; readonly results: readonly unknown[] }[];
  ask<N extends RecipeCallName>(name: N, input: CallArgument<N>): Promise<CallResult<N>>;
  view(): RecipesView;
  /** The newest run, once `isSo` holds for it. */
  newestRun(isSo: (run: RunView) => boolean): Promise<RunView>;
}

/** Opens recipes that are closed when the test is over. */
export async function openTestRecipes(
  options: {
    readonly folder?: string;
    readonly startMs?: number;
    readonly series?: number;
    readonly deeds?: DeedRecords;
  } = {},
): Promise<TestRecipes> {
  const world: RecipeWorld = {
    decided: { decided: true },
    use: succeeds,
    endOf: async () => null,
    restOf: async () => null,
  };
  const uses: TestRecipes['uses'] = [];
  const asked: TestRecipes['asked'] = [];
  const ids = createIds(100 + (options.series ?? 0));
  const model: RunMeans['model'] = {
    provenance: async () => ({ kind: 'provenance', provenance: { kind: 'guide' } }),
    decide: async (_tool, _example, context) => {
      asked.push(context);
      return world.decided;
    },
    async *say(_instruction, context) {
      asked.push(context);
      yield { kind: 'text', text: 'There they are.' };
    },
  };
  const tool = (name: string) =>
    defineTool({ name, description: name, input: z.object({}), run: () => Promise.reject() });
  const means = {
    tools: [tool('search'), tool('change')],
    use: async function* (call: { callId: string; toolName: string; input: string }, signal: AbortSignal) {
      const read = { ...call, input: JSON.parse(call.input) as unknown };
      uses.push({ toolName: read.toolName, input: read.input });
      return yield* world.use(read, signal);
    },
    deeds: {
      endOf: (callId: string) => world.endOf(callId),
      restOf: (callId: string) => world.restOf(callId),
      begunAs: (options.deeds ?? noDeeds).begunAs,
    },
    model,
    ids,
    pass: () => undefined,
  };
  const answerer = {
    ...createFakeAnswerer(),
    async *answer(...[request, signal]: Parameters<ReturnType<typeof createFakeAnswerer>['answer']>) {
      const found = await recipes.runFor(request);
      if (found) return yield* runRecipe(found.run, { ...means, notes: found.notes }, signal);
      yield { kind: 'text', text: 'By the model.' } satisfies AnswerEvent;
      yield { kind: 'finish', reason: 'complete' } satisfies AnswerEvent;
    },
  };
  const open = await openTestChat({ ...options, answerer });
  const recipes: Recipes = await createRecipes({
    storage: open.storage,
    clock: open.clock,
    ids,
    log: open.log,
    chat: () => open.chat.recipes,
    agent: (id) => {
      if (id === 'guide') return anAgent({ id, engine: 'guide' });
      return id === 'nunba' ? anAgent({ id, tools: ['search_chats'] }) : null;
    },
    defaultAgentId: () => 'nunba',
  });
  onTestFinished(() => recipes.stop());
  let seen: RecipesView = { recipes: [], schedules: [], runs: [] };
  await recipes.handlers.subscriptions['recipes.watch']({}, { next: (view) => (seen = view) });
  const ask: TestRecipes['ask'] = async (name, input) => {
    // The handler of `name` takes and gives what the contract says of `name`; TypeScript cannot follow that here.
    const handler = recipes.handlers.calls[name] as (input: unknown) => unknown;
    return (await handler(input)) as CallResult<typeof name>;
  };
  const newestRun: TestRecipes['newestRun'] = async (isSo) => {
    await waitUntil(() => seen.runs[0] !== undefined && isSo(seen.runs[0]));
    return seen.runs[0] as RunView;
  };
  return { ...open, recipes, world, uses, asked, ask, view: () => seen, newestRun };
}
