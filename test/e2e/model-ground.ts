import type { Page } from '@playwright/test';
import type { Client } from '../../node-core/api/client.ts';
import { type EngineMirror, startEngineMirror } from '../doubles/engine-mirror.ts';
import { type FileServer, startFileServer } from '../doubles/file-server.ts';
import type { StartedNode } from './fixtures.ts';
import type { LocalModelProgram } from './local-model-program.ts';
import { nodeCalls } from './node-calls.ts';

/** A computer without any other program for models, and mirrors on it that have a model and the engine. */
export interface ModelGround {
  readonly models: FileServer;
  readonly registry: EngineMirror;
  readonly node: StartedNode;
}

interface GroundOrder {
  readonly program: Pick<LocalModelProgram, 'main'>;
  /** What is downloaded as the model. */
  readonly file: Buffer;
  /** How long the whole download takes, about, seconds; default: no time. */
  readonly seconds?: number;
  readonly startNode: (options: {
    readonly main: string;
    readonly environment: Readonly<Record<string, string>>;
  }) => Promise<StartedNode>;
}

/** Starts such a computer, and stops its mirrors when `use` has ended. */
export async function withModelGround(
  { program, file, seconds, startNode }: GroundOrder,
  use: (ground: ModelGround) => Promise<void>,
): Promise<void> {
  const speed = seconds === undefined ? {} : { bytesPerSecond: Math.ceil(file.length / seconds) };
  const models = await startFileServer(file, () => speed);
  const registry = await startEngineMirror();
  const node = await startNode({ main: program.main, environment: { NUNBA_ENGINE_REGISTRY: registry.url.href } });
  await use({ models, registry, node });
  await models.close();
  await registry.close();
}

/** Calls of the page's node, which gets its models from the mirror from now on. */
export async function takeModelsFromMirror(page: Page, { node, models }: ModelGround): Promise<Client> {
  const client = await nodeCalls(page, node.address);
  await client.call('localModels.configure', { mirror: new URL(models.url).origin });
  return client;
}
