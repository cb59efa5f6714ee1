import type { Events } from './devtools.ts';
import type { PageSession } from './page-session.ts';
import { answerScheme, fromWeb } from './schemes.ts';

type Paused = Events['Fetch.requestPaused'];

/** A navigation of a frame, before it happens. */
export interface Navigation {
  /** As the app knows it. */
  readonly url: string;
  readonly frameId: string;
  readonly isRedirect: boolean;
}

/**
 * Stands between a page and everything it requests: asks about navigations, and answers the app's own schemes.
 * @param mayGo false keeps the frame where it is
 */
export async function answerRequests(session: PageSession, mayGo: (navigation: Navigation) => boolean): Promise<void> {
  const answer = async (paused: Paused): Promise<void> => {
    const { requestId, request, resourceType, frameId, redirectedRequestId } = paused;
    const url = fromWeb(request.url);
    const isNavigation = resourceType === 'Document';
    if (isNavigation && !mayGo({ url, frameId, isRedirect: redirectedRequestId !== undefined })) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    } else if (url === request.url) {
      await session.send('Fetch.continueRequest', { requestId });
    } else {
      await answerOwnScheme(session, paused, url);
    }
  };
  session.on('Fetch.requestPaused', (paused) => {
    // The page has gone or is being replaced; nobody waits for the answer.
    answer(paused).catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answerOwnScheme(session: PageSession, { requestId, request }: Paused, url: string): Promise<void> {
  const { method, headers, postData } = request;
  const asked = new Request(url, { method, headers, ...(postData === undefined ? {} : { body: postData }) });
  const response = await answerScheme(asked).catch((error: unknown) => {
    console.error('stand-in: the handler of a scheme failed:', error);
    return null;
  });
  if (!response) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return;
  }
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}
