import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { contentSecurity } from '../api/content-security.ts';

/** Headers of every answer: the page loads only what this node serves, talks only to it, and stands in no frame. */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: Object.fromEntries(
        Object.entries(contentSecurity('browser')).map(([name, from]) => [name, [...from]]),
      ),
    },
    // Plain HTTP on loopback: there is no HTTPS to be strict about.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
}
