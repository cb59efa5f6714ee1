import { EventEmitter } from 'node:events';
import type { Protocol, Session, WebContents } from 'electron';
import { fetchHere } from './fetch-here.ts';
import { record } from './record.ts';
import { protocol } from './schemes.ts';
import { as, classStandsFor, type Members, standsFor } from './stands-for.ts';

type RequestHandler = Exclude<Parameters<Session['setPermissionRequestHandler']>[0], null>;
type CheckHandler = Exclude<Parameters<Session['setPermissionCheckHandler']>[0], null>;
type Permission = Parameters<RequestHandler>[1];

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

  async clearCache(): Promise<void> {}

  async clearStorageData(): Promise<void> {}

  async setProxy(): Promise<void> {}

  setUserAgent(): void {}

  fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    return fetchHere(input, init);
  }

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
