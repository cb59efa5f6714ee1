import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { adminGuard } from './access.ts';
import type { HttpNode } from './http-node.ts';
import { HttpRefusal } from './http-refusal.ts';
import { parseBody } from './parse-body.ts';
import { sessionCookie } from './session-cookie.ts';

const bodySchema = z.object({ token: z.string().regex(/^[\w-]{20,200}$/, 'it is not a token') });

/**
 * `POST /session` exchanges a one-time token for the page's cookie: as a form (303 to the page) or as JSON (204).
 * `POST /page-token` gives the commands of this data folder such a token, where there is a page.
 */
export function addSessionRoutes(app: FastifyInstance, node: HttpNode): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4096 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.post('/session', async (request, reply) => {
    const session = await node.sessions.exchange(parseBody(bodySchema, request.body).token);
    if (session === null) {
      throw new HttpRefusal(401, 'This link was used already or is older than five minutes. Open Nunba anew.');
    }
    reply.header('set-cookie', sessionCookie(session, request.socket.localPort ?? 0));
    reply.header('cache-control', 'no-store');
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    return isForm ? reply.redirect('/', 303) : reply.code(204).send();
  });
  if (node.page === null) return;
  app.post('/page-token', { onRequest: adminGuard(node) }, async () => ({ token: node.sessions.mint().token }));
}
