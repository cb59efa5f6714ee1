import type { FastifyServerOptions } from 'fastify';

/**
 * Options of Fastify for routes that have no schema of its kind: bodies are parsed by `parseBody`. Fastify then loads no
 * Ajv, which would take a twentieth of a start.
 */
export const withoutSchemas = {
  schemaController: {
    compilersFactory: { buildValidator: () => refuseSchema, buildSerializer: () => refuseSchema },
  },
} satisfies FastifyServerOptions;

function refuseSchema(): never {
  throw new Error('A route has a schema of Fastify’s: no compiler for these is loaded.');
}
