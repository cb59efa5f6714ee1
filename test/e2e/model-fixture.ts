import { test as base } from '@playwright/test';
import {
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from '../doubles/model-server/start-model-server.ts';

interface Fixtures {
  /** Starts a server of models; it is stopped when the test ends. */
  readonly startModels: (options?: ModelServerOptions) => Promise<ModelServer>;
  /** A server of models on a port where nobody looks for one. */
  readonly models: ModelServer;
}

/** Playwright's `test`, with servers of models. */
export const modelTest = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  startModels: async ({}, use) => {
    const started: ModelServer[] = [];
    await use(async (options) => {
      const server = await startModelServer(options);
      started.push(server);
      return server;
    });
    for (const server of started) await server.stop();
  },

  models: async ({ startModels }, use) => use(await startModels()),
});

/** The environment that names a server of models as the one to use; which of its models, it leaves to the node. */
export function environmentOf(models: ModelServer): Readonly<Record<string, string>> {
  return { HEVOLVE_LLM_ENDPOINT_URL: `${models.url}/v1` };
}
