import fastify, { type FastifyInstance } from 'fastify';
import { chatGuard, originGuard } from './access.ts';
import { createAnswerSlots } from './answer-slots.ts';
import { addChatRoute } from './chat-route.ts';
import { addCompletionsRoute } from './completions-route.ts';
import { toErrorAnswer, toOpenAiError } from './error-answer.ts';
import { addHealthRoutes } from './health-routes.ts';
import type { HttpNode } from './http-node.ts';
import { HttpRefusal } from './http-refusal.ts';
import { addModelsRoutes } from './models-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import { addRpcRoute, addWebSockets } from './rpc-route.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addSessionRoutes } from './session-routes.ts';
import { withoutSchemas } from './without-schemas.ts';

const bodyLimitBytes = 1024 * 1024;
const headerLimitBytes = 16 * 1024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const keepAliveMs = 10_000;
const maxConnections = 256;

/** The personal listener (section 9 of the protocols), not yet listening. */
export async function createHttpServer(node: HttpNode): Promise<FastifyInstance> {
  const app = fastify({
    ...withoutSchemas,
    logger: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    forceCloseConnections: true,
    http: { maxHeaderSize: headerLimitBytes, headersTimeout: headersTimeoutMs },
    genReqId: () => '',
  });
  app.server.maxConnections = maxConnections;
  app.removeContentTypeParser('text/plain');
  await addWebSockets(app, node);
  app.addHook('onRequest', originGuard(node));
  addErrorHandler(app, node);
  await addSecurityHeaders(app);
  addRpcRoute(app, node);
  addHealthRoutes(app, node);
  const slots = createAnswerSlots();
  addChatRoute(app, node, slots);
  await app.register(async (v1) => addOpenAiRoutes(v1, node, slots), { prefix: '/v1' });
  await app.register(async (sessions) => addSessionRoutes(sessions, node));
  if (node.page !== null) await addPageRoutes(app, node.page);
  return app;
}

function addOpenAiRoutes(v1: FastifyInstance, node: HttpNode, slots: ReturnType<typeof createAnswerSlots>): void {
  v1.addHook('onRequest', chatGuard(node));
  addModelsRoutes(v1, node);
  addCompletionsRoute(v1, node, slots);
}

function addErrorHandler(app: FastifyInstance, node: HttpNode): void {
  app.setNotFoundHandler(() => {
    throw new HttpRefusal(404, 'There is nothing at this address.');
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = toErrorAnswer(error, node.reportBug, request.routeOptions.url ?? 'unknown route');
    if (answer.retryAfterSeconds !== null) reply.header('retry-after', answer.retryAfterSeconds);
    if (answer.status === 401) reply.header('www-authenticate', 'Bearer');
    const body = request.url.startsWith('/v1/')
      ? toOpenAiError(answer)
      : { error: answer.message, code: answer.code, param: answer.param };
    return reply.code(answer.status).send(body);
  });
}
