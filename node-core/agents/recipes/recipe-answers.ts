import type { AgentView } from '../../api/agent-views.ts';
import type { AnswerEvent, AnswerRequest } from '../../protocol/ports/answers.ts';
import type { Tool } from '../tools/tool.ts';
import { RecipeModel, type RecipeModelMeans } from './recipe-model.ts';
import type { RunNotes } from './run-notes.ts';
import { type RunMeans, runRecipe, sentenceOf } from './run-recipe.ts';
import type { StoredRun } from './run-store.ts';

/** What recipes are run with. */
export interface RecipeAnswerMeans extends RecipeModelMeans {
  /** The tools that the agent has in the conversation. */
  readonly toolsFor: (agent: AgentView, request: AnswerRequest) => Promise<readonly Tool[]>;
  /** Uses one of them as if the agent's model had called it. */
  readonly use: (tools: readonly Tool[], agent: AgentView, request: AnswerRequest) => RunMeans['use'];
  readonly deeds: RunMeans['deeds'];
}

/** Answers by running a recipe on the agent's terms. */
export async function* recipeAnswer(
  means: RecipeAnswerMeans,
  { run, notes }: { readonly run: StoredRun; readonly notes: RunNotes },
  { agent, request }: { readonly agent: AgentView; readonly request: AnswerRequest },
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const tools = await startTools(means, agent, request).catch(async (error: unknown) => {
    await notes.end('failed', sentenceOf(error));
    throw error;
  });
  yield* runRecipe(
    run,
    {
      tools,
      use: means.use(tools, agent, request),
      deeds: means.deeds,
      model: new RecipeModel(means, agent, request),
      notes,
      ids: means.ids,
      pass: () => means.breaker.pass(),
    },
    signal,
  );
}

/** Throws while the agents are paused: looking for tools may already contact somebody. */
async function startTools(
  { breaker, toolsFor }: RecipeAnswerMeans,
  agent: AgentView,
  request: AnswerRequest,
): Promise<readonly Tool[]> {
  breaker.pass();
  return toolsFor(agent, request);
}
