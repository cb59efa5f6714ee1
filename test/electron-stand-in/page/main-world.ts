import type { Crossing, CrossingSide } from './crossing.ts';
import type { FromMainWorld } from './messages.ts';

/**
 * Runs in the page's own world before its scripts, handed over as text: shows what the preload script exposes, and asks
 * the main process wherever Chromium by itself would ask the person or open something.
 */
export function installMainWorld(key: string, { unwrap }: CrossingSide): void {
  const asked = new Map<number, (isGranted: boolean) => void>();
  let lastId = 0;
  const tell = (message: FromMainWorld): boolean =>
    dispatchEvent(new CustomEvent(`${key}-tell`, { detail: JSON.stringify(message) }));

  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  addEventListener(`${key}-expose`, (event) => {
    const { name, api } = (event as CustomEvent<{ name: string; api: Crossing }>).detail;
    Object.defineProperty(window, name, { value: freeze(unwrap(api)), enumerable: true });
  });

  const ask = (permission: string, isQuery = false): Promise<boolean> =>
    new Promise((resolve) => {
      lastId += 1;
      asked.set(lastId, resolve);
      tell({ kind: 'permission', id: lastId, permission, isQuery });
    });
  addEventListener(`${key}-permission`, (event) => {
    const { id, isGranted } = (event as CustomEvent<{ id: number; isGranted: boolean }>).detail;
    asked.get(id)?.(isGranted);
    asked.delete(id);
  });
  installPermissions(ask);
  installLinks(tell);
}

/** Part of `installMainWorld`. */
export function installPermissions(ask: (permission: string, isQuery?: boolean) => Promise<boolean>): void {
  const denied = (): DOMException => new DOMException('Permission denied', 'NotAllowedError');
  const guard = (owner: object | undefined, name: string, permission: string): void => {
    const original: unknown = owner && Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    const guarded = async (...values: unknown[]): Promise<unknown> => {
      if (!(await ask(permission))) throw denied();
      return Reflect.apply(original, owner, values);
    };
    Object.defineProperty(owner, name, { value: guarded, configurable: true });
  };
  guard(navigator.mediaDevices, 'getUserMedia', 'media');
  guard(navigator.mediaDevices, 'getDisplayMedia', 'display-capture');
  guard(navigator.clipboard, 'read', 'clipboard-read');
  guard(navigator.clipboard, 'readText', 'clipboard-read');
  guard(navigator.clipboard, 'write', 'clipboard-sanitized-write');
  guard(navigator.clipboard, 'writeText', 'clipboard-sanitized-write');
  guard(navigator as Navigator & { requestMIDIAccess?: unknown }, 'requestMIDIAccess', 'midi');
  guard(Reflect.get(navigator, 'wakeLock'), 'request', 'screen-wake-lock');
  for (const device of ['usb', 'hid', 'serial', 'bluetooth']) {
    const owner: object | undefined = Reflect.get(navigator, device);
    guard(owner, device === 'serial' ? 'requestPort' : 'requestDevice', device);
  }
  if ('Notification' in window) {
    const request = async (): Promise<string> => ((await ask('notifications')) ? 'granted' : 'denied');
    Object.defineProperty(Notification, 'requestPermission', { value: request });
  }
  const { geolocation } = navigator;
  const locate = geolocation.getCurrentPosition.bind(geolocation);
  const located: Geolocation['getCurrentPosition'] = (onPosition, onError, options) =>
    void ask('geolocation').then((isGranted) => {
      if (isGranted) locate(onPosition, onError, options);
      else onError?.({ code: 1, message: 'User denied Geolocation' } as GeolocationPositionError);
    });
  Object.defineProperty(geolocation, 'getCurrentPosition', { value: located });
  const query = navigator.permissions.query.bind(navigator.permissions);
  const asked: Permissions['query'] = async (descriptor) => {
    const names: Readonly<Record<string, string>> = {
      camera: 'media',
      microphone: 'media',
      'clipboard-write': 'clipboard-sanitized-write',
    };
    const status = await query(descriptor);
    const state = (await ask(names[descriptor.name] ?? descriptor.name, true)) ? 'granted' : 'denied';
    return Object.defineProperty(status, 'state', { value: state });
  };
  Object.defineProperty(navigator.permissions, 'query', { value: asked });
}

/** Part of `installMainWorld`. */
export function installLinks(tell: (message: FromMainWorld) => boolean): void {
  const linkOf = (event: Event): HTMLAnchorElement | undefined =>
    event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement && one.href !== '');
  const open = (address: string, frameName = '', features = ''): null => {
    tell({ kind: 'open', address, frameName, features });
    return null;
  };
  window.open = (address = 'about:blank', target = '', features = '') =>
    open(new URL(address, location.href).href, target, features);
  const follow = (event: MouseEvent): void => {
    const link = linkOf(event);
    const isNewWindow =
      link?.target === '_blank' || event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || event.defaultPrevented || !isNewWindow) return;
    event.preventDefault();
    open(link.href, link.target);
  };
  addEventListener('click', follow);
  addEventListener('auxclick', follow);
  // What goes over the network is stopped there; these go nowhere that could be asked later.
  const navigation = Reflect.get(window, 'navigation') as EventTarget | undefined;
  navigation?.addEventListener('navigate', (event) => {
    const { destination, downloadRequest } = event as NavigateEvent;
    if (destination.sameDocument || downloadRequest !== null || /^https?:/.test(destination.url)) return;
    event.preventDefault();
    tell({ kind: 'leave', address: destination.url });
  });
  addEventListener('contextmenu', (event) => {
    const target = event.composedPath()[0];
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const isEditable = isField || (target instanceof HTMLElement && target.isContentEditable);
    const field = isField ? target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0) : '';
    const selectionText = field || String(getSelection() ?? '');
    const srcURL = target instanceof HTMLImageElement ? target.src : '';
    const linkURL = linkOf(event)?.href ?? '';
    if (event.defaultPrevented) return;
    tell({ kind: 'context-menu', x: event.clientX, y: event.clientY, selectionText, linkURL, srcURL, isEditable });
  });
}
