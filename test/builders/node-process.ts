import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { isBuilt } from '../../build/stamps.mjs';
import { type Client, createClient } from '../../node-core/api/client.ts';
import { webSocketChannel } from '../../node-core/api/web-socket-channel.ts';
import { openNodeSocket } from '../../node-core/commands/open-node-socket.ts';
import { placesIn } from '../../node-core/platform/data-folder.ts';
import { readEndpoint } from '../../node-core/platform/endpoint-file.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** What was built, if it was built from the present sources, else the sources. */
const programFile = (name: string): string =>
  path.join(root, isBuilt(root) ? `dist/node-core/${name}.js` : `node-core/${name}.ts`);

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly errors: string;
}

/** A command of `nunba-node` in a process of its own. */
export interface CommandProcess {
  readonly process: ChildProcess;
  /** Standard output so far. */
  out(): string;
  /** Resolves when standard output holds the text or matches; rejects if the process ends before. */
  says(what: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts a command. Nothing of this machine's environment reaches it but PATH and the tests' empty home. */
export function startCommand(args: readonly string[], environment: Environment = {}): CommandProcess {
  return startProgram('main', args, environment);
}

function startProgram(name: 'main' | 'steward', args: readonly string[], environment: Environment): CommandProcess {
  const child = spawn(process.execPath, [programFile(name), ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', errors: '' };
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    texts.out += chunk;
    for (const listener of [...listeners]) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    texts.errors += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...texts }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const says = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = what.exec(texts.out);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then(({ code, errors }) => reject(new Error(`ended with ${code}: ${errors}`)));
    });
  return { process: child, out: () => texts.out, says, ended };
}

/** Runs a command to its end. */
export function runCommand(args: readonly string[], environment: Environment = {}): Promise<Ended> {
  return startCommand(args, environment).ended;
}

/** Runs a command of `nunba-steward` to its end. */
export function runSteward(args: readonly string[], environment: Environment = {}): Promise<Ended> {
  return startSteward(args, environment).ended;
}

/** Starts `nunba-steward`. */
export function startSteward(args: readonly string[], environment: Environment = {}): CommandProcess {
  return startProgram('steward', args, environment);
}

/** A node that serves a data folder in a process of its own. */
export interface ServedNode extends CommandProcess {
  readonly address: string;
  readonly dataFolder: string;
  /** Speaks the contract with the admin token. */
  connect(): Promise<Client>;
  /** Asks it to stop as Ctrl+C does, and waits. */
  stop(): Promise<Ended>;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
}

/** Starts a node on any free port and waits until it answers. */
export async function serveNode(
  dataFolder: string,
  environment: Environment = {},
  args: readonly string[] = [],
): Promise<ServedNode> {
  const command = startCommand(['serve', '--data', dataFolder, '--port', '0', ...args], environment);
  const [, address = ''] = await command.says(/answers at (http:\/\/\S+)/);
  return {
    ...command,
    address,
    dataFolder,
    connect: () => connectTo(dataFolder),
    stop() {
      command.process.kill('SIGINT');
      return command.ended;
    },
    async kill() {
      command.process.kill('SIGKILL');
      await command.ended;
    },
  };
}

async function connectTo(dataFolder: string): Promise<Client> {
  const endpoint = readEndpoint(placesIn(dataFolder).run);
  const headers = { authorization: `Bearer ${endpoint?.token}` };
  const socket = endpoint?.address ? await openNodeSocket(endpoint.address, headers, 10_000) : null;
  if (!socket) throw new Error('the node lets nobody in');
  const client = createClient(webSocketChannel(socket));
  onTestFinished(() => client.close());
  return client;
}
