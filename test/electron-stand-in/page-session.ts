import type { Commands, DevTools, Events, Results } from './devtools.ts';

/** One page of Chromium over the DevTools. */
export interface PageSession {
  readonly targetId: string;
  send<Method extends keyof Commands>(method: Method, params?: Commands[Method]): Promise<Results[Method]>;
  on<Name extends keyof Events>(name: Name, listener: (params: Events[Name]) => void): void;
  /** Closes the page. */
  close(): Promise<unknown>;
}

/** Opens an empty page. */
export async function openPage(
  devTools: DevTools,
  size: { readonly width: number; readonly height: number },
): Promise<PageSession> {
  const { targetId } = await devTools.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size });
  const { sessionId } = await devTools.send('Target.attachToTarget', { targetId, flatten: true });
  return {
    targetId,
    send: (method, params) => devTools.send(method, params, sessionId),
    on: (name, listener) => devTools.on(name, listener, sessionId),
    close: () => devTools.send('Target.closeTarget', { targetId }),
  };
}
