import type { CustomScheme, Protocol } from 'electron';
import { standsFor } from './stands-for.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

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
  return address.replace(/^(blob:)?https:\/\/([^/]+)\.([a-z][a-z0-9+-]*)\.stand-in(?=\/|$)/i, '$1$3://$2');
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
