import { EventEmitter } from 'node:events';
import type { CustomScheme, Protocol, Session, WebContents } from 'electron';
import { record } from './record.ts';
import { as, classStandsFor, type Members, standsFor } from './stands-for.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type RequestHandler = Exclude<Parameters<Session['setPermissionRequestHandler']>[0], null>;
type CheckHandler = Exclude<Parameters<Session['setPermissionCheckHandler']>[0], null>;
type Permission = Parameters<RequestHandler>[1];

const handlers = new Map<string, SchemeHandler>();
const registered = new Map<string, CustomScheme>();

/** Chromium does not know the app's scheme: `app://nunba/x` travels as `https://nunba.app.stand-in/x`. */
export function toWeb(address: string): string {
  const match = /^([a-z][a-z0-9+-]*):\/\/([^/?#]+)(.*)$/is.exec(address);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  return handlers.has(scheme) || registered.has(scheme) ? `https://${host}.${scheme}.stand-in${rest || '/'}` : address;
}

/** The way back; other addresses stay as they are. */
export function fromWeb(address: string): string {
  return address.replace(/^https:\/\/([^/]+)\.([a-z][a-z0-9+-]*)\.stand-in(?=\/|$)/i, '$2://$1');
}

/** Answers a request of a page with the handler of its scheme, or `null` where none does. Rejects as the handler does. */
export async function answerScheme(request: Request): Promise<Response | null> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  return handler ? handler(request) : null;
}

export const protocol = standsFor('protocol', {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    for (const scheme of schemes) registered.set(scheme.scheme, scheme);
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (handlers.has(scheme)) throw new Error('The scheme has been intercepted');
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error('The scheme has not been registered');
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
} satisfies Partial<Protocol>);

/** What all windows share: who may what, and how downloads go. */
export class StandInSession extends EventEmitter implements Members<Session> {
  readonly protocol = as<Protocol>(protocol);
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(): void {}

  setDisplayMediaRequestHandler(): void {}

  setSpellCheckerEnabled(): void {}

  isSpellCheckerEnabled(): boolean {
    return false;
  }

  setSpellCheckerLanguages(): void {}

  setSpellCheckerDictionaryDownloadURL(): void {}

  /** This machine only. */
  async fetch(address: string, init?: RequestInit): Promise<Response> {
    if (!/^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(address)) throw new Error('net::ERR_NAME_NOT_RESOLVED');
    return fetch(address, init);
  }

  async clearCache(): Promise<void> {}

  async clearStorageData(): Promise<void> {}

  async setProxy(): Promise<void> {}

  setUserAgent(): void {}

  /** For pages of the stand-in: asks both handlers, the check first, as Chromium does. */
  async mayPage(contents: object, permission: string, address: string): Promise<boolean> {
    const origin = originOf(address);
    const isGranted = this.mayCheck(contents, permission, address) && (await this.#ask(contents, permission, address));
    record.permissionsAsked.push({ permission, origin, isGranted });
    return isGranted;
  }

  /** For pages of the stand-in: `navigator.permissions.query` asks only this one. */
  mayCheck(contents: object, permission: string, address: string): boolean {
    const details = { requestingUrl: address, isMainFrame: true };
    const known = permission as Parameters<CheckHandler>[1];
    return this.#check?.(as<WebContents>(contents), known, originOf(address), as(details)) ?? true;
  }

  #ask(contents: object, permission: string, address: string): Promise<boolean> {
    const handler = this.#request;
    if (!handler) return Promise.resolve(true);
    const details = { requestingUrl: address, isMainFrame: true };
    return new Promise((resolve) => {
      handler(as<WebContents>(contents), permission as Permission, resolve, as(details));
    });
  }
}
classStandsFor('session', StandInSession);

const defaultSession = new StandInSession();

export const session = standsFor('session', {
  defaultSession,
  fromPartition: (): StandInSession => defaultSession,
});

/** `URL.origin` is `null` for schemes that the standard does not know. Chromium ends an origin with a slash here. */
function originOf(address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol: scheme, host } = new URL(address);
  return `${scheme}//${host}/`;
}
