import type { FastifyInstance } from 'fastify';

/** Serves the built page's files. What they do not name is not there; only `/assets/` never changes under its name. */
export async function addPageRoutes(app: FastifyInstance, folder: string): Promise<void> {
  // Only here, because a node without a page starts faster without it.
  const { default: fastifyStatic } = await import('@fastify/static');
  await app.register(fastifyStatic, {
    root: folder,
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (response, file) => {
      const isHashed = /[\\/]assets[\\/]/.test(file);
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
