import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { localModelIdSchema } from '../../api/local-model-views.ts';

const modelSchema = z.lazy(() =>
  z.strictObject({
    id: localModelIdSchema,
    name: z.string().min(1).max(200),
    maker: z.string().min(1).max(200),
    /** SPDX */
    licence: z.string().min(1).max(60),
    goodAt: z.string().min(1).max(300),
    parameters: z.number().int().positive(),
    quantisation: z.string().max(20),
    contextTokens: z.number().int().positive(),
    /** At 16 bits, as in protocol/local/judge-fit.ts. */
    cacheBytesPerToken: z.number().int().positive(),
    sizeBytes: z.number().int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Of one revision, so that its bytes do not change. */
    url: z.url({ protocol: /^https$/ }).max(1000),
  }),
);

const catalogueSchema = z.lazy(() =>
  z.object({
    models: z.array(modelSchema).min(1).max(20),
    /** They make vectors of texts, for the search by meaning; `goodAt` says for which languages. */
    embeddings: z.array(modelSchema).max(20),
  }),
);

/** A model that Nunba offers to download. */
export type CatalogueModel = z.infer<typeof catalogueSchema>['models'][number];

/** What comes with the program: models that write, and models that make embeddings. */
export interface Catalogue {
  readonly models: readonly CatalogueModel[];
  readonly embeddings: readonly CatalogueModel[];
}

/** Reads the catalogue that comes with the program. @throws if it is not as it has to be */
export async function loadCatalogue(resourcesFolder: string): Promise<Catalogue> {
  const text = await readFile(path.join(resourcesFolder, 'models', 'catalogue.json'), 'utf8');
  return catalogueSchema.parse(JSON.parse(text));
}

/** The digest as `downloadFile` wants it. */
export const integrityOfModel = ({ sha256 }: CatalogueModel): string =>
  `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`;
