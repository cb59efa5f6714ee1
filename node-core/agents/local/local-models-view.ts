import { failureOf } from '../../api/failures.ts';
import type {
  CatalogueModelView,
  CatalogueState,
  LocalFileView,
  LocalModelsView,
} from '../../api/local-model-views.ts';
import { chooseProxy, type ProxySources } from '../../protocol/local/choose-proxy.ts';
import { judgeFit, type MachineRoom, type ModelNeeds, memoryNeed } from '../../protocol/local/judge-fit.ts';
import { mirroredAddress } from '../../protocol/local/mirror-address.ts';
import { type Processors, recommendModel } from '../../protocol/local/recommend-model.ts';
import type { EngineState } from '../../protocol/ports/local-models.ts';
import type { Catalogue, CatalogueModel } from './catalogue.ts';
import type { DeskState } from './download-desk.ts';
import { defaultEngineLimits, embeddingEngineLimits } from './engine/engine-limits.ts';
import type { LocalSettings } from './local-settings.ts';
import { makesEmbeddings, type ShelvedFile } from './model-shelf.ts';

/** All that the view is made of. */
export interface ViewSources {
  readonly catalogue: Catalogue;
  readonly files: readonly ShelvedFile[];
  readonly settings: LocalSettings;
  readonly engine: EngineState | null;
  readonly room: Omit<MachineRoom, 'freeDiskBytes'> & Processors & { readonly freeDiskBytes: number | null };
  /** The folder that downloads go to. */
  readonly folder: string;
  readonly environment: ProxySources['environment'];
  readonly deskState: (id: string) => DeskState | null;
  /** What has arrived of each model of the catalogue, bytes. */
  readonly parts: ReadonlyMap<string, number>;
}

/** What is shown of local models. Pure. */
export function localModelsView(sources: ViewSources): LocalModelsView {
  const { settings, room, catalogue, environment, files } = sources;
  const first = catalogue.models[0];
  const proxy = first
    ? chooseProxy(mirroredAddress(first.url, settings.mirror), { setting: settings.proxy, environment })
    : null;
  const offered = catalogue.models.map((model) => catalogueView(model, sources, mostAnswerTokens));
  return {
    engine: engineView(sources.engine),
    catalogue: offered,
    recommendedId: recommended(sources, offered),
    files: files.filter((file) => !makesEmbeddings(file)).map((file) => fileView(file, sources)),
    embeddings: {
      catalogue: catalogue.embeddings.map((model) => catalogueView(model, sources, mostEmbeddingTokens)),
      files: files.filter(makesEmbeddings).map((file) => fileView(file, sources)),
      usedId: files.find(({ id }) => id === settings.embeddingModel)?.id ?? null,
    },
    folder: { path: sources.folder, isDefault: settings.folder === null, freeBytes: room.freeDiskBytes },
    mirror: settings.mirror,
    proxy: settings.proxy,
    proxyInUse: proxy?.host ?? null,
  };
}

/** Where a model that writes text is here already, nobody needs to be advised. */
function recommended({ catalogue, files, room }: ViewSources, offered: readonly CatalogueModelView[]): string | null {
  if (files.some((file) => !makesEmbeddings(file))) return null;
  const needs = new Map(catalogue.models.map((model) => [model.id, memoryNeed(needsOf(model, mostAnswerTokens, 0))]));
  const candidates = offered.map(({ id, parameters, fit }) => ({
    id,
    parameters,
    verdict: fit.verdict,
    neededBytes: needs.get(id) ?? 0,
  }));
  return recommendModel(candidates, room);
}

function engineView(state: EngineState | null): LocalModelsView['engine'] {
  if (state?.kind !== 'failed') return state;
  return { kind: 'failed', failure: failureOf(state.error) ?? { kind: 'bug', incident: 'engine' } };
}

/** The longest context that the engine gives a model, tokens. */
const mostAnswerTokens = defaultEngineLimits.mostContextTokens;
const mostEmbeddingTokens = embeddingEngineLimits.mostContextTokens;

/** A disk that cannot be looked at is not said to be full; the download itself looks again. */
const machineOf = ({ room }: ViewSources): MachineRoom => ({
  ...room,
  freeDiskBytes: room.freeDiskBytes ?? Number.MAX_SAFE_INTEGER,
});

function catalogueView(model: CatalogueModel, sources: ViewSources, mostTokens: number): CatalogueModelView {
  const { cacheBytesPerToken: _, ...shown } = model;
  const url = mirroredAddress(model.url, sources.settings.mirror);
  const received = sources.parts.get(model.id) ?? 0;
  const isHere = sources.files.some((file) => file.id === model.id && file.presence === 'here');
  const needs = needsOf(model, mostTokens, isHere ? 0 : Math.max(0, model.sizeBytes - received));
  return {
    ...shown,
    contextTokens: needs.contextTokens,
    url: url.href,
    host: url.host,
    fit: fitView(needs, machineOf(sources)),
    state: stateOf(sources.deskState(model.id), isHere, received),
  };
}

const needsOf = (model: CatalogueModel, mostTokens: number, missingBytes: number): ModelNeeds => ({
  fileBytes: model.sizeBytes,
  cacheBytesPerToken: model.cacheBytesPerToken,
  contextTokens: Math.min(model.contextTokens, mostTokens),
  missingBytes,
});

function stateOf(desk: DeskState | null, isHere: boolean, receivedBytes: number): CatalogueState {
  if (desk?.kind === 'failed') return { ...desk, receivedBytes };
  if (desk !== null) return desk;
  if (isHere) return { kind: 'here' };
  return receivedBytes > 0 ? { kind: 'paused', receivedBytes } : { kind: 'absent' };
}

function fileView(file: ShelvedFile, sources: ViewSources): LocalFileView {
  const { id, name, path, sizeBytes, source, presence, header } = file;
  const { parameters, architecture, quantisation, hasChatTemplate, cacheBytesPerToken } = header;
  const contextTokens = Math.min(header.contextTokens, makesEmbeddings(file) ? mostEmbeddingTokens : mostAnswerTokens);
  const needs = { fileBytes: sizeBytes, cacheBytesPerToken, contextTokens, missingBytes: 0 };
  return {
    id,
    name,
    path,
    sizeBytes,
    contextTokens,
    parameters,
    architecture,
    quantisation,
    hasChatTemplate,
    source,
    presence,
    fit: fitView(needs, machineOf(sources)),
    work: workOf(sources.deskState(id)),
  };
}

/** What is done for a file that is here; a download of the same name is shown where it is offered. */
const workOf = (desk: DeskState | null): LocalFileView['work'] =>
  desk?.kind === 'queued' || desk?.kind === 'engine' || desk?.kind === 'failed' ? desk : null;

const fitView = (...judged: Parameters<typeof judgeFit>): CatalogueModelView['fit'] => {
  const { verdict, reasons } = judgeFit(...judged);
  return { verdict, reasons: [...reasons] };
};
