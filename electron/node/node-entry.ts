import type { MessagePortMain } from 'electron';
import { describeFailure } from '../../node-core/api/failure-sentences.ts';
import { type Failure, failureOf } from '../../node-core/api/failures.ts';
import { readConfig, toNodeConfig } from '../../node-core/config/read-config.ts';
import { createNode, type RunningNode } from '../../node-core/node.ts';
import { createPlainHost } from '../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';
import { askFork } from '../forks/ask-fork.ts';
import { askKeyring } from '../keyring/ask-keyring.ts';
import { heartbeatMs } from './heartbeat.ts';
import { mainPortChannel } from './main-port-channel.ts';
import { readFlags } from './node-flags.ts';
import { type FromNode, toNodeSchema, type WentBack } from './node-messages.ts';

/**
 * The node in Electron's utility process. The shell hands it a port for each page; other programs reach it over HTTP as
 * they reach a node under plain Node.
 */
const shell = process.parentPort;
const starting = start();

shell.on('message', ({ data, ports }) => {
  const message = toNodeSchema.safeParse(data);
  if (!message.success) return;
  if (message.data.kind === 'stop') void end();
  else void attach(ports);
});

async function attach(ports: readonly MessagePortMain[]): Promise<void> {
  const node = await starting;
  for (const port of ports) node?.attach(mainPortChannel(port));
}

async function start(): Promise<RunningNode | null> {
  try {
    const program = findProgramFiles(import.meta.dirname);
    const config = readConfig(readFlags(process.argv.slice(2)), process.env, program);
    const plain = createPlainHost(program);
    // The shell serves the page; over HTTP there is none.
    const host = { ...plain, keyring: askKeyring(shell), fork: askFork(shell), paths: { ...plain.paths, page: null } };
    const node = await createNode(toNodeConfig(config, program), host);
    watchForBugs(node);
    await listen(node);
    tell({ kind: 'ready' });
    setInterval(() => tell({ kind: 'alive' }), heartbeatMs).unref();
    return node;
  } catch (error) {
    const failure = failureOf(error);
    // What nobody foresaw may be over the next time; the shell starts it again, and gives up when it is not. Thrown on,
    // it would only be warned about here, and the process would stay without ever getting ready.
    if (!failure) {
      console.error('The node could not start:', error);
      process.exit(1);
    }
    tell({ kind: 'failed', sentence: describeFailure(failure), wentBack: wentBackOf(failure) });
    return null;
  }
}

/** A port that cannot be had keeps other programs away, not the chat; the page says why. */
async function listen(node: RunningNode): Promise<void> {
  try {
    await node.listen('use-next');
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    console.error(describeFailure(failure));
  }
}

/** What nobody foresaw stands in the log. After an exception the state is unknown, so the process ends and is replaced. */
function watchForBugs(node: RunningNode): void {
  process.on('unhandledRejection', (error) => node.reportBug(error, 'a promise'));
  process.on('uncaughtException', (error) => {
    node.reportBug(error, 'the process');
    void node.stop().finally(() => process.exit(1));
  });
}

async function end(): Promise<void> {
  await starting.then((node) => node?.stop());
  process.exit(0);
}

const wentBackOf = (failure: Failure): WentBack | null => (failure.kind === 'update-failed' ? failure : null);

function tell(message: FromNode): void {
  shell.postMessage(message);
}
