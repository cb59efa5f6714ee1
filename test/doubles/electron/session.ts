import type { BrowserContext } from '@playwright/test';

type Handler = (request: Request) => Promise<Response>;

const handlers = new Map<string, Handler>();

/** Chromium does not know the app's scheme: `app://nunba/x` travels as `https://nunba.app.stand-in/x`. */
export function toWeb(address: string): string {
  return address.replace(/^([a-z]+):\/\/([^/]+)/, 'https://$2.$1.stand-in');
}

/** The way back; other addresses stay as they are. */
export function fromWeb(address: string): string {
  return address.replace(/^https:\/\/([^/]+)\.([a-z]+)\.stand-in(?=\/|$)/, '$2://$1');
}

/** Answers the pages' requests with the handlers of the schemes. */
export async function routeSchemes(context: BrowserContext): Promise<void> {
  await context.route(/^https:\/\/[^/]+\.stand-in\//, async (route) => {
    const address = fromWeb(route.request().url());
    const handler = handlers.get(new URL(address).protocol.slice(0, -1));
    if (!handler) return route.abort();
    const response = await handler(new Request(address, { method: route.request().method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}

export const protocol = {
  registerSchemesAsPrivileged: (): void => undefined,
  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    protocol,
    setPermissionRequestHandler: (): void => undefined,
    setPermissionCheckHandler: (): void => undefined,
    setDevicePermissionHandler: (): void => undefined,
    setSpellCheckerEnabled: (): void => undefined,
  },
};
