import fs from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type EngineTool, toEngineSchema } from '../../node-core/agents/local/engine/engine-messages.ts';
import type { Client } from '../../node-core/api/client.ts';
import { createNode } from '../../node-core/node.ts';
import { createPlainHost } from '../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';
import type { ForkedChild } from '../../node-core/protocol/ports/host.ts';
import { installedEngineFolder } from './installed-engine.ts';
import { nodeConfig } from './node-config.ts';
import { tempFolder } from './temp-folder.ts';

/** A whole node whose only model is a file of this computer. */
export interface LocalModelNode {
  readonly client: Client;
  /** How a conversation names the model. */
  readonly model: string;
  /** Every process of the engine it has started, oldest first. */
  readonly children: readonly ForkedChild[];
  /** Tools that the engine was told of, for each question to the model. */
  readonly toldTools: readonly (readonly EngineTool[])[];
}

/**
 * Starts a node with the engine, adds the model to it, and stops it with the present test.
 *
 * @param wrap what the node is given in place of a process of the engine
 */
export async function localModelNode(
  modelPath: string,
  wrap: (child: ForkedChild) => ForkedChild = (child) => child,
): Promise<LocalModelNode> {
  const data = path.join(tempFolder(), 'data');
  fs.mkdirSync(data);
  fs.symlinkSync(await installedEngineFolder(), path.join(data, 'engine'), 'junction');
  const plain = createPlainHost(findProgramFiles(import.meta.dirname));
  const children: ForkedChild[] = [];
  const toldTools: (readonly EngineTool[])[] = [];
  const node = await createNode(nodeConfig(data), {
    ...plain,
    fork(part, options) {
      if (part !== 'engine') return plain.fork(part, options);
      const child = wrap(plain.fork(part, options));
      children.push(child);
      const send = (message: unknown): void => {
        const order = toEngineSchema.parse(message);
        if (order.kind === 'generate') toldTools.push(order.tools);
        child.send(message);
      };
      return { ...child, pid: child.pid, send };
    },
  });
  onTestFinished(() => node.stop());
  const client = await node.client();
  const { id } = await client.call('localModels.addFile', { path: modelPath });
  return { client, model: `local/${id}`, children, toldTools };
}
