import type { FastifyInstance } from 'fastify';
import { chatGuard, mayChat } from './access.ts';
import type { HttpNode } from './http-node.ts';

/** `/health` (the process answers), `/ready` (it can serve) and `/status` (what it is doing; token). */
export function addHealthRoutes(app: FastifyInstance, node: HttpNode): void {
  app.get('/health', async () => ({ status: 'ok', name: 'Nunba', version: node.version }));

  app.get('/ready', async (request, reply) => {
    const status = node.readiness();
    reply.code(status === 'ready' ? 200 : 503);
    const answer = { status };
    return (await mayChat(node, request)) ? { ...answer, details: node.status() } : answer;
  });

  app.get('/status', { onRequest: chatGuard(node) }, async () => node.status());
}
