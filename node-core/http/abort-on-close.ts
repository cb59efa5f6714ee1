import type { FastifyReply } from 'fastify';

/** Aborts when the caller goes away before the answer has ended, so that no model works for nobody. */
export function abortOnClose(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
