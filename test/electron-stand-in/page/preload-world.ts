import type { Codec } from './codec.ts';
import type { CrossingSide } from './crossing.ts';
import type { FromPage, ToPage } from './messages.ts';

type Listener = (
  event: { readonly sender: object; readonly ports: readonly MessagePort[] },
  ...values: unknown[]
) => void;

/** What the preload's world needs to know. */
export interface PreloadBoot {
  readonly key: string;
  readonly platform: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
  readonly file: string;
}

/** The page's end of the messages: ports, listeners and questions. Runs in the preload's world, handed over as text. */
export function createPageIpc(
  boot: PreloadBoot,
  codec: Codec,
): { readonly ipcRenderer: object; readonly send: (message: FromPage) => void } {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const send = (message: FromPage): void => world[boot.key]?.(JSON.stringify(message));
  const ports = new Map<string, MessagePort>();
  const listeners = new Map<string, Listener[]>();
  const questions = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  const connect = (id: string, port: MessagePort): void => {
    ports.set(id, port);
    port.addEventListener('message', ({ data }) => send({ kind: 'port-data', id, data: codec.encode(data) }));
    port.addEventListener('close', () => {
      if (ports.delete(id)) send({ kind: 'port-closed', id });
    });
    port.start();
  };
  const accept = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    connect(id, port1);
    return port2;
  };
  const hand = (port: MessagePort): string => {
    lastId += 1;
    const id = `page-${lastId}-${Math.random()}`;
    connect(id, port);
    return id;
  };
  const settle = (
    id: number,
    run: (question: { resolve(value: unknown): void; reject(error: Error): void }) => void,
  ): void => {
    const question = questions.get(id);
    questions.delete(id);
    if (question) run(question);
  };
  const receive = (message: ToPage): void => {
    switch (message.kind) {
      case 'port-data':
        ports.get(message.id)?.postMessage(codec.decode(message.data));
        break;
      case 'port-closed': {
        const port = ports.get(message.id);
        ports.delete(message.id);
        port?.close();
        break;
      }
      case 'message': {
        const handed = message.portIds.map(accept);
        const values = codec.decode(message.values) as unknown[];
        for (const listener of listeners.get(message.channel) ?? [])
          listener({ sender: ipcRenderer, ports: handed }, ...values);
        break;
      }
      case 'answer':
        settle(message.id, ({ resolve }) => resolve(codec.decode(message.value)));
        break;
      case 'refusal':
        settle(message.id, ({ reject }) => reject(new Error(message.message)));
        break;
      case 'permission':
        dispatchEvent(new CustomEvent(`${boot.key}-permission`, { detail: message }));
    }
  };
  world[`${boot.key}-receive`] = (text) => receive(JSON.parse(text));

  const ipcRenderer = {
    on(channel: string, listener: Listener): object {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    once(channel: string, listener: Listener): object {
      const first: Listener = (event, ...values) => {
        ipcRenderer.off(channel, first);
        listener(event, ...values);
      };
      return ipcRenderer.on(channel, first);
    },
    off(channel: string, listener: Listener): object {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((one) => one !== listener),
      );
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: Listener): object => ipcRenderer.off(channel, listener),
    removeAllListeners(channel: string): object {
      listeners.delete(channel);
      return ipcRenderer;
    },
    send: (channel: string, ...values: unknown[]): void =>
      send({ kind: 'send', channel, values: codec.encode(values), portIds: [] }),
    postMessage: (channel: string, value: unknown, transfer: readonly MessagePort[] = []): void =>
      send({ kind: 'send', channel, values: codec.encode([value]), portIds: transfer.map(hand) }),
    invoke: (channel: string, ...values: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const text = codec.encode(values);
        lastId += 1;
        questions.set(lastId, { resolve, reject });
        send({ kind: 'invoke', id: lastId, channel, values: text });
      }),
  };
  return { ipcRenderer, send };
}

/** Gives the preload script what a sandboxed one may require, in a world of its own. Handed over as text. */
export function installPreloadWorld(
  boot: PreloadBoot,
  ipc: { readonly ipcRenderer: object; readonly send: (message: FromPage) => void },
  { wrap }: CrossingSide,
  runPreload: (require: (name: string) => unknown, process: object) => void,
): void {
  addEventListener(`${boot.key}-tell`, (event) => ipc.send(JSON.parse((event as CustomEvent<string>).detail)));
  const exposed = new Set<string>();
  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown): void {
      if (exposed.has(name)) throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(name);
      dispatchEvent(new CustomEvent(`${boot.key}-expose`, { detail: { name, api: wrap(api) } }));
    },
  };
  const webUtils = {
    getPathForFile: (file: File): string => (Reflect.get(file, 'standInPath') as string | undefined) ?? '',
  };
  const modules: Readonly<Record<string, unknown>> = {
    electron: { ipcRenderer: ipc.ipcRenderer, contextBridge, webUtils },
  };
  const process = {
    platform: boot.platform,
    arch: boot.arch,
    versions: boot.versions,
    argv: boot.args,
    env: {},
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  };
  const require = (name: string): unknown => {
    const found = modules[name.replace(/^electron\/.*/, 'electron')];
    if (!found) throw new Error(`module not found: ${name}`);
    return found;
  };
  try {
    runPreload(require, process);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(`Unable to load preload script: ${boot.file}\n${message}`);
    ipc.send({ kind: 'preload-error', message });
  }
}
