import type { FastifyInstance } from 'fastify';
import type { HttpNode } from './http-node.ts';
import { HttpRefusal } from './http-refusal.ts';

interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

/** `GET /v1/models` and `/v1/models/:id`: the agents, then the models of the providers as `<provider>/<model>`. */
export function addModelsRoutes(app: FastifyInstance, node: HttpNode): void {
  const startedAt = Math.floor(node.clock.now() / 1000);
  const listed = (id: string, ownedBy: string): ListedModel => ({
    id,
    object: 'model',
    created: startedAt,
    owned_by: ownedBy,
  });
  const all = (): readonly ListedModel[] => [
    ...node.agents().map(({ id }) => listed(id, 'nunba')),
    ...node.models().map(({ ref, providerId }) => listed(ref, providerId)),
  ];

  app.get('/models', async () => ({ object: 'list', data: all() }));
  app.get<{ Params: { '*': string } }>('/models/*', async (request) => {
    const id = request.params['*'];
    const model = all().find((candidate) => candidate.id === id);
    if (model) return model;
    throw new HttpRefusal(404, `The model '${id.slice(0, 300)}' does not exist.`, {
      param: 'model',
      code: 'model_not_found',
    });
  });
}
