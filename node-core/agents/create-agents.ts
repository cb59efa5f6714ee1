import path from 'node:path';
import type { AgentView } from '../api/agent-views.ts';
import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import type { ModelsView, ModelView } from '../api/model-views.ts';
import type { StatusView } from '../api/node-views.ts';
import type { ChildRecords } from '../platform/child-records.ts';
import type { AnswerEvent, Answerer, AnswerRequest } from '../protocol/ports/answers.ts';
import type { Breaker } from '../protocol/ports/breaker.ts';
import type { ChatReader } from '../protocol/ports/chat-reader.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { DeedRecords } from '../protocol/ports/deed-records.ts';
import type { Embedder } from '../protocol/ports/embedder.ts';
import type { Secrets } from '../protocol/ports/host.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { RecipeChat } from '../protocol/ports/recipe-chat.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import { createAgentFileHandlers } from './agent-file-handlers.ts';
import { type AgentProposals, createAgentProposals } from './agent-proposals.ts';
import { createGuide, type Guide } from './guide/create-guide.ts';
import { guideAnswer } from './guide/guide-answer.ts';
import type { DeedGate } from './hands/create-hands.ts';
import { composeLocalModels } from './local/compose-local-models.ts';
import type { LocalModels } from './local/create-local-models.ts';
import type { DownloadMeans } from './local/download/download-order.ts';
import { type EngineParts, engineContacts } from './local/engine-parts.ts';
import { LocalEmbedder } from './local/local-embedder.ts';
import { defaultLimits, type LoopLimits } from './loop/loop-limits.ts';
import { ModelAnswers } from './loop/model-answer.ts';
import { createToolServers, type ToolServerHandlers, type ToolServers } from './mcp/create-tool-servers.ts';
import { serverContacts } from './mcp/server-contacts.ts';
import { type ChosenModelFact, chosenModelFact } from './models/chosen-model-fact.ts';
import { type Contact, contactsOf } from './models/contacts.ts';
import { createModels, type ModelHandlers, type Models } from './models/create-models.ts';
import type { KnownProgram } from './models/discover-programs.ts';
import type { EnvironmentProvider } from './models/provider.ts';
import { localRef } from './models/provider-list.ts';
import type { OpenMeans } from './open-model.ts';
import { createRecipes, type Recipes } from './recipes/create-recipes.ts';
import { type RecipeAnswerMeans, recipeAnswer } from './recipes/recipe-answers.ts';
import { createRecipeTools } from './recipes/recipe-tools.ts';
import { type AgentHandlers, openRegistry, type Registry } from './registry.ts';
import type { KnownParts } from './shared-agent.ts';
import { chatTools, type ToolSource } from './tools/toolbox.ts';

type AgentMakingCall = 'agents.export' | 'agents.review' | keyof AgentProposals['calls'];

/** What agents are made of. */
export interface AgentsOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly settings: Pick<SettingsStore, 'watch'>;
  readonly secrets: Secrets;
  /** Tells that other secrets may be kept now, or that they can be reached; returns what ends it. */
  readonly onSecretsChanged: (listener: () => void) => () => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a ULID. */
  readonly ids: () => string;
  /** Holds `agents/`, `help/` and `models/`. */
  readonly resourcesFolder: string;
  /** Where local models go unless the person chooses another folder. */
  readonly modelsFolder: string;
  readonly environment: readonly EnvironmentProvider[];
  /** Version of Nunba. */
  readonly version: string;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  /** The chats that tools may read; asked for when it is needed, because the chat is made after the agents. */
  readonly reader: () => ChatReader;
  /** Answers that recipes are made from, and turns that they answer; asked for when it is needed, too. */
  readonly recipeChat: () => RecipeChat;
  /** The state of the node, for the Guide. */
  readonly facts: () => Promise<StatusView>;
  /** Ports on which this node listens, or will. */
  readonly ownPorts: () => readonly number[];
  /** Stops every agent that thinks with a model; the Guide asks none and goes on. */
  readonly breaker: Breaker;
  /** Makes what runs model files of this computer. @param means by which it is fetched */
  readonly createEngine: (means: () => DownloadMeans) => EngineParts;
  /** Programs that are looked for on this computer; default: the well-known five. */
  readonly programs?: readonly KnownProgram[];
  readonly limits?: LoopLimits;
  /** What lets tools do things and no more than the person allowed. */
  readonly gate: DeedGate;
  /** What came of deeds that were begun before. */
  readonly deeds: Pick<DeedRecords, 'endOf' | 'restOf' | 'begunAs'>;
  /** Whether there is a collection of files of that id, so that an agent from a file can keep it. */
  readonly hasKnowledge: KnownParts['hasKnowledge'];
  /** Where agents get their tools from, besides those that read the chats. */
  readonly sources: readonly ToolSource[];
}

/** Agents and models of a node. */
export interface Agents {
  readonly answerer: Answerer;
  /** Whether an agent can be chosen. */
  readonly agentExists: (id: string) => boolean;
  /** Name of an agent, also of a removed one whose conversations go on. */
  readonly agentName: (id: string) => string | null;
  /** Whether an agent thinks with a model; the Guide does not. Also of one that is not here. */
  readonly takesModel: (id: string) => boolean;
  /** The agent of new conversations. */
  readonly defaultAgentId: () => Promise<string>;
  readonly handlers: {
    readonly calls: Pick<
      CallHandlers,
      keyof AgentHandlers['calls'] | keyof ModelHandlers['calls'] | keyof ToolServerHandlers['calls'] | AgentMakingCall
    > &
      LocalModels['handlers']['calls'] &
      Recipes['handlers']['calls'];
    readonly subscriptions: Pick<SubscriptionHandlers, 'agents.watch' | 'models.watch' | 'toolServers.watch'> &
      LocalModels['handlers']['subscriptions'] &
      Recipes['handlers']['subscriptions'];
  };
  /** Agents that can be chosen. */
  readonly list: () => readonly AgentView[];
  /** Models of all providers, as far as they are known. */
  readonly models: () => readonly ModelView[];
  /** The model that answers where nothing else is said. */
  readonly chosenModel: () => ModelsView['chosen'];
  /** Whether that model can be reached, as far as real requests have shown. */
  readonly chosenModelFact: () => ChosenModelFact;
  /** Asks that model's host; what it fails with stands in `chosenModelFact`. */
  readonly checkChosenModel: () => Promise<void>;
  /** What makes vectors of texts on this computer. */
  readonly embedder: Embedder;
  /** Told of a server's tool that changed or is gone, before it can be called again. */
  readonly onToolChanged: ToolServers['onToolChanged'];
  /** Every host that agents may contact, and why. */
  readonly contacts: () => Contact[];
  /** Lets the schedules of recipes run. Once, when the chat is there. */
  readonly startSchedules: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Puts agents, models and the Guide together. Contacts nobody until somebody asks. */
export async function createAgents(options: AgentsOptions): Promise<Agents> {
  const { storage, secrets, clock, log, ids, environment, ownPorts, programs } = options;
  const registry = await openRegistry({
    storage,
    folder: path.join(options.resourcesFolder, 'agents'),
    clock,
    ids,
    log,
    settings: options.settings,
  });
  const { engine, embeddings, installer } = options.createEngine(() => localModels.means);
  const localModels: LocalModels = await composeLocalModels({
    ...options,
    engine: installer,
    release: (file) => [engine, embeddings].forEach((each) => void each.release(file)),
    choose: async (id) => void (await models.handlers.calls['models.choose']({ ref: localRef(id) })),
  });
  const local = { files: localModels.files, engine };
  const models: Models = await createModels({
    storage,
    secrets,
    onSecretsChanged: options.onSecretsChanged,
    clock,
    breaker: options.breaker,
    environment,
    local: local.files,
    ownPorts,
    ...(programs ? { programs } : {}),
  });
  const { breaker, version, children, reader, gate } = options;
  const own = { ownPorts, version, children };
  const toolServers = await createToolServers({ storage, secrets, clock, log, ids, breaker, ...own });
  const embedder = new LocalEmbedder({ file: localModels.embeddingFile, engine: embeddings, answers: engine, breaker });
  const helpFolder = path.join(options.resourcesFolder, 'help');
  const guide = await createGuide({ helpFolder, facts: options.facts, clock, log });
  const limits = options.limits ?? defaultLimits;
  const sources = [chatTools, ...options.sources, toolServers];
  const answers = new ModelAnswers({ models, reader, clock, log, ids, limits, breaker, sources, gate, local });
  const recipes = await createRecipes({
    storage,
    clock,
    ids,
    log,
    chat: options.recipeChat,
    agent: (id) => (registry.exists(id) ? registry.find(id) : null),
    defaultAgentId: () => registry.defaultId(),
  });
  const recipeMeans: RecipeAnswerMeans = {
    ...createRecipeTools({ sources, reader: options.reader, clock, log, gate: options.gate, breaker }),
    deeds: options.deeds,
    models,
    clock,
    breaker,
    ids,
    local,
  };
  const proposals = createAgentProposals({ ...options, models, local });
  const answering: Answering = { registry, guide, answers, breaker, recipes, recipeMeans };
  return {
    answerer: { answer: (request, signal) => answer(answering, request, signal) },
    agentExists: (id) => registry.exists(id),
    agentName: (id) => registry.find(id)?.name ?? null,
    takesModel: (id) => registry.find(id)?.engine !== 'guide',
    defaultAgentId: async () => registry.defaultId(),
    handlers: handlersOf(registry, models, toolServers, { ...options, local, recipes, localModels, proposals }),
    list: () => registry.all(),
    models: () => models.view().models,
    chosenModel: () => models.view().chosen,
    chosenModelFact: () => chosenModelFact(models.view()),
    checkChosenModel: () => models.checkChosen(),
    embedder,
    onToolChanged: (listener) => toolServers.onToolChanged(listener),
    contacts: () => [
      ...contactsOf(models.view()),
      ...localModels.contacts(),
      ...engineContacts(installer),
      ...serverContacts(toolServers.list()),
    ],
    startSchedules: () => recipes.startSchedules(),
    stop: async () => {
      recipes.stop();
      proposals.stop();
      await localModels.stop();
      embedder.stop();
      embeddings.stop();
      engine.stop();
      await toolServers.stop();
      models.stop();
      registry.stop();
    },
  };
}

function handlersOf(
  registry: Registry,
  models: Models,
  servers: ToolServers,
  means: OpenMeans & {
    readonly breaker: Breaker;
    readonly recipes: Recipes;
    readonly proposals: AgentProposals;
    readonly localModels: LocalModels;
    readonly hasKnowledge: KnownParts['hasKnowledge'];
  },
): Agents['handlers'] {
  const known: KnownParts = {
    hasModel: (ref) => models.view().models.some((model) => model.ref === ref),
    hasServer: (id) => servers.list().some((server) => server.id === id),
    hasKnowledge: means.hasKnowledge,
  };
  return {
    calls: {
      ...registry.handlers.calls,
      ...models.handlers.calls,
      ...means.localModels.handlers.calls,
      ...servers.handlers.calls,
      ...createAgentFileHandlers((id) => registry.find(id), known),
      ...means.proposals.calls,
      ...means.recipes.handlers.calls,
    },
    subscriptions: {
      ...registry.handlers.subscriptions,
      ...models.handlers.subscriptions,
      ...means.localModels.handlers.subscriptions,
      ...servers.handlers.subscriptions,
      ...means.recipes.handlers.subscriptions,
    },
  };
}

interface Answering {
  readonly registry: Registry;
  readonly guide: Guide;
  readonly answers: ModelAnswers;
  readonly breaker: Breaker;
  readonly recipes: Recipes;
  readonly recipeMeans: RecipeAnswerMeans;
}

async function* answer(
  { registry, guide, answers, breaker, recipes, recipeMeans }: Answering,
  request: AnswerRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const agent = registry.find(request.agentId);
  if (!agent) throw new FailureError({ kind: 'not-found', what: 'agent' });
  if (agent.engine === 'guide') return yield* guideAnswer(guide, request);
  const trip = breaker.signal();
  try {
    const work = AbortSignal.any([signal, trip]);
    // First of all: a run notes what it ends with, also where nothing may begin.
    const recipe = await recipes.runFor(request);
    if (recipe) return yield* recipeAnswer(recipeMeans, recipe, { agent, request }, work);
    breaker.pass();
    yield* answers.answer(agent, request, work);
  } catch (error) {
    // Stopped: the iteration just ends, whatever the stop has torn.
    if (signal.aborted) return;
    throw trip.aborted ? trip.reason : error;
  }
}
