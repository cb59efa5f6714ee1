import type { PortSignal } from './message-ports.ts';

/** What the main process sends to a page. */
export type ToPage =
  | PortSignal
  | {
      readonly kind: 'message';
      readonly channel: string;
      readonly value: unknown;
      readonly portIds: readonly string[];
    };

/** What a page sends to the main process. */
export type FromPage =
  | PortSignal
  | { readonly kind: 'send'; readonly channel: string; readonly values: readonly unknown[] }
  | { readonly kind: 'open'; readonly address: string }
  /** The page begins anew; ports of the one before have gone. */
  | { readonly kind: 'new-document' };

/** Names under which the page and the stand-in meet. */
export const bridgeNames = { send: 'nunbaStandInSend', receive: 'nunbaStandInReceive' } as const;

type PreloadListener = (event: { readonly ports: readonly MessagePort[] }, value: unknown) => void;

/**
 * Runs inside the page before its own scripts: gives the preload script the `electron` it requires. It is handed over
 * as text, so it refers to nothing outside itself. Unlike in Electron, it shares the page's world.
 */
export function installBridge(
  names: { readonly send: string; readonly receive: string },
  runPreload: (require: (name: string) => unknown) => void,
): void {
  if (window !== window.top) return;
  const page = window as unknown as Record<string, (message: string) => void>;
  const send = (message: FromPage): void => page[names.send]?.(JSON.stringify(message));
  const ports = new Map<string, { readonly inner: MessagePort; outer: MessagePort | null }>();
  const handedIds: string[] = [];
  const listeners = new Map<string, PreloadListener[]>();

  const openPort = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, { inner: port1, outer: null });
    handedIds.push(id);
    port1.addEventListener('message', (event) => send({ kind: 'port-data', id, data: event.data }));
    port1.start();
    return port2;
  };
  // Electron tells a port that its other end has closed; Chromium by itself does not.
  addEventListener('message', (event) => {
    for (const outer of event.source === window ? event.ports : []) {
      const id = handedIds.shift() ?? '';
      const port = ports.get(id);
      if (port) port.outer = outer;
      outer.close = () => {
        send({ kind: 'port-closed', id });
        MessagePort.prototype.close.call(outer);
      };
    }
  });
  const closePort = (id: string): void => {
    const port = ports.get(id);
    port?.inner.close();
    port?.outer?.dispatchEvent(new Event('close'));
    ports.delete(id);
  };

  send({ kind: 'new-document' });
  page[names.receive] = (text) => {
    const message: ToPage = JSON.parse(text);
    if (message.kind === 'port-data') ports.get(message.id)?.inner.postMessage(message.data);
    else if (message.kind === 'port-closed') closePort(message.id);
    else {
      const handed = message.portIds.map(openPort);
      for (const listener of listeners.get(message.channel) ?? []) listener({ ports: handed }, message.value);
    }
  };

  const open = (address: string): null => {
    send({ kind: 'open', address });
    return null;
  };
  window.open = (address = 'about:blank') => open(new URL(address, location.href).href);
  addEventListener('click', (event) => {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement && one.target === '_blank');
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
    event.preventDefault();
    open(link.href);
  });

  const electron = {
    ipcRenderer: {
      on: (channel: string, listener: PreloadListener) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      send: (channel: string, ...values: unknown[]) => send({ kind: 'send', channel, values }),
    },
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(window, name, { value: Object.freeze({ ...api }), enumerable: true }),
    },
  };
  runPreload((name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  });
}
