import process from 'node:process';

/** The line of a child to its parent. */
export interface ParentLine {
  /** A value that can be cloned. */
  send(message: unknown): void;
  /** What the parent sends is data from outside. */
  onMessage(listener: (message: unknown) => void): void;
}

/** What is used of a port of Electron's. */
interface ElectronPort {
  postMessage(message: unknown): void;
  start(): void;
  on(event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** What is used of the line of a utility process to the shell. */
interface ElectronParent {
  once(event: 'message', listener: (event: { readonly ports: readonly ElectronPort[] }) => void): unknown;
}

/**
 * Opens the line of this process, which `Host.fork` has started, to the node: under plain Node the channel of the fork,
 * under Electron a port that the shell hands over. This process ends when the line is cut. Once.
 */
export async function openParentLine(): Promise<ParentLine> {
  const shell = (process as { readonly parentPort?: ElectronParent }).parentPort;
  return shell ? lineOverPort(await firstPort(shell)) : lineOverFork();
}

function firstPort(shell: ElectronParent): Promise<ElectronPort> {
  return new Promise((resolve, reject) => {
    shell.once('message', ({ ports: [port] }) => {
      if (port) resolve(port);
      else reject(new Error('the shell handed over no port'));
    });
  });
}

function lineOverPort(port: ElectronPort): ParentLine {
  port.on('close', endProcess);
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
  };
}

function lineOverFork(): ParentLine {
  // Ctrl+C reaches the whole group; the parent ends this process when it has ended its own work.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', endProcess);
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
  };
}

/** At once: an orderly end would run what may hang. */
function endProcess(): void {
  process.kill(process.pid, 'SIGKILL');
}
