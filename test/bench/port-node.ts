import { parentPort, workerData } from 'node:worker_threads';
import { messagePortChannel, type PortLike } from '../../node-core/api/message-port-channel.ts';
import { createNode } from '../../node-core/node.ts';
import { composedNode } from './seed.ts';

/** A node in a thread of its own that serves the contract over a MessagePort, as the shell's utility process does. */
const { dataFolder, modelUrl, port }: { dataFolder: string; modelUrl: string; port: PortLike } = workerData;
const { config, host } = composedNode(dataFolder, modelUrl);
const node = await createNode(config, host);
node.attach(messagePortChannel(port));
parentPort?.on('message', () => {
  void node.stop().then(() => process.exit(0));
});
parentPort?.postMessage('ready');
