import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type MessagePort as NodeMessagePort, Worker } from 'node:worker_threads';
import { createClient } from '../../node-core/api/client.ts';
import { messagePortChannel } from '../../node-core/api/message-port-channel.ts';
import { connectRunning } from '../../node-core/commands/reach-node.ts';
import { createNode } from '../../node-core/node.ts';
import { measureDesktop } from './measure-desktop.ts';
import { measureEngine } from './measure-engine.ts';
import { measureEnrolment } from './measure-enrolment.ts';
import { measureJoin } from './measure-join.ts';
import { measureKnowledge } from './measure-knowledge.ts';
import { measureLoop } from './measure-loop.ts';
import { measureMeaning } from './measure-meaning.ts';
import { measurePage } from './measure-page.ts';
import { measureAbort, measureRelay } from './measure-relay.ts';
import { measureSearch } from './measure-search.ts';
import { measureStart } from './measure-start.ts';
import { measureTrust } from './measure-trust.ts';
import { composedNode, seedFolder } from './seed.ts';
import { spawnNode, temporaryFolder } from './spawn-node.ts';
import { type Measurement, table } from './statistics.ts';
import { startTokenSource, type TokenSource } from './token-source.ts';

/** Measures what the design sets budgets for; prints a table and keeps it, with JSON, in test-output/bench. */

const output = path.resolve(import.meta.dirname, '../../test-output/bench');
const remove = (folder: string): void => fs.rmSync(folder, { recursive: true, force: true });

async function searchInProcess(): Promise<readonly Measurement[]> {
  const dataFolder = temporaryFolder();
  await seedFolder(
    dataFolder,
    Array.from({ length: 20 }, (_, n) => ({ title: `Conversation ${n}`, count: 5000 })),
  );
  const { config, host } = composedNode(dataFolder, null);
  const node = await createNode(config, host);
  const client = await node.client();
  try {
    return await measureSearch(
      async (query) => (await client.call('search.messages', { query, limit: 50 })).hits.length,
    );
  } finally {
    client.close();
    await node.stop();
    remove(dataFolder);
  }
}

async function relayOverWebSocket(source: TokenSource): Promise<readonly Measurement[]> {
  const node = await spawnNode({ HEVOLVE_LLM_ENDPOINT_URL: source.url, HEVOLVE_LLM_MODEL_NAME: 'ticker' });
  const client = await connectRunning(node.dataFolder);
  if (!client) throw new Error('The node does not answer its commands.');
  try {
    return [...(await measureRelay('WebSocket', client, source)), await measureAbort(client, source)];
  } finally {
    client.close();
    await node.stop();
  }
}

async function relayOverPort(source: TokenSource): Promise<readonly Measurement[]> {
  const dataFolder = temporaryFolder();
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(path.join(import.meta.dirname, 'port-node.ts'), {
    workerData: { dataFolder, modelUrl: source.url, port: port2 },
    // The page's and Node's own types of one and the same class do not know each other.
    transferList: [port2 as unknown as NodeMessagePort],
  });
  await new Promise((resolve) => worker.once('message', resolve));
  const client = createClient(messagePortChannel(port1));
  try {
    return await measureRelay('MessagePort', client, source);
  } finally {
    client.close();
    worker.postMessage('stop');
    await new Promise((resolve) => worker.once('exit', resolve));
    remove(dataFolder);
  }
}

async function main(): Promise<void> {
  const source = await startTokenSource(200, 600);
  const measurements: Measurement[] = [];
  const parts: readonly (readonly [string, () => Promise<readonly Measurement[]>])[] = [
    ['start', measureStart],
    ['relay over a WebSocket', () => relayOverWebSocket(source)],
    ['relay over a MessagePort', () => relayOverPort(source)],
    ['search', searchInProcess],
    ['loop', measureLoop],
    ['knowledge', measureKnowledge],
    ['meaning', measureMeaning],
    ['engine', measureEngine],
    ['trust', measureTrust],
    ['enrolment', measureEnrolment],
    ['join', measureJoin],
    ['page', () => measurePage(source)],
    ['desktop', () => measureDesktop(source)],
  ];
  const only = process.argv[2];
  try {
    for (const [name, measure] of parts) {
      if (only !== undefined && !name.startsWith(only)) continue;
      process.stderr.write(`[bench] ${name} ...\n`);
      const found = await measure();
      measurements.push(...found);
      process.stderr.write(`${table(found)}\n`);
    }
  } finally {
    await source.stop();
  }
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${os.platform()} ${os.arch()}, Node ${process.version}`;
  fs.mkdirSync(output, { recursive: true });
  fs.writeFileSync(path.join(output, 'bench.json'), JSON.stringify({ machine, measurements }, null, 2));
  const text = `${table(measurements)}\n\n${machine}\n`;
  fs.writeFileSync(path.join(output, 'bench.md'), text);
  process.stdout.write(text);
}

await main();
