import type { FastifyInstance } from 'fastify';
import { refusal, sendReply } from './hive-answer.ts';
import type { HiveHttpNode } from './hive-http-node.ts';

/** What anybody may ask: whether the process answers, and whether this node asked for a certificate itself. */
export function addOpenRoutes(app: FastifyInstance, node: HiveHttpNode): void {
  app.get('/health', async () => ({ status: 'ok', name: 'Nunba', version: node.version }));

  app.get<{ Querystring: { enrolment?: unknown } }>('/.well-known/hart-challenge', async (request, reply) => {
    const { enrolment } = request.query;
    const answer = typeof enrolment === 'string' ? node.challengeAnswer(enrolment) : null;
    if (answer === null) return sendReply(reply, refusal('unknown-enrolment', 'This node has no such enrolment open.'));
    return answer;
  });
}
