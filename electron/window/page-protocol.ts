import { pathToFileURL } from 'node:url';
import { net, protocol, type Session } from 'electron';
import { contentSecurityHeader } from '../../node-core/api/content-security.ts';
import { pageFile, pageScheme } from './page-address.ts';

/** Gives the page's scheme the rights of a web origin. Before the app is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges }]);
}

/** Serves the built page below `folder` to the windows of `session`. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(pageScheme, async (request) => {
    const file = request.method === 'GET' ? pageFile(folder, request.url) : null;
    const found = file === null ? null : await readFile(file);
    if (!found) return new Response('Not found', { status: 404 });
    const headers = new Headers(found.headers);
    headers.set('content-security-policy', contentSecurityHeader('window'));
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    return new Response(found.body, { status: 200, headers });
  });
}

async function readFile(file: string): Promise<Response | null> {
  try {
    const response = await net.fetch(pathToFileURL(file).href);
    return response.ok ? response : null;
  } catch {
    return null;
  }
}
