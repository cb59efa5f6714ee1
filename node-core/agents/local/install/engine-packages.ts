import fs from 'node:fs';
import { z } from 'zod';
import type { EngineVariant } from '../../../platform/engine-variant.ts';

const packageSchema = z.lazy(() =>
  z.object({
    name: z.string().regex(/^(?:@[a-z0-9-]+\/)?[a-z0-9._-]+$/),
    version: z.string().regex(/^[0-9A-Za-z.+-]{1,60}$/),
    /** Where it belongs, below the engine's folder. */
    path: z.string().regex(/^(?:node_modules\/(?:@[a-z0-9-]+\/)?[a-z0-9._-]+\/?)+$/),
    integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/),
    sizeBytes: z.number().int().positive(),
  }),
);
export type EnginePackage = z.infer<typeof packageSchema>;

const listSchema = z.lazy(() =>
  z.object({ version: z.string().regex(/^[0-9.]{1,20}$/), packages: z.array(packageSchema).min(1) }),
);
/** All packages of the engine, for every computer. */
export type EnginePackages = z.infer<typeof listSchema>;

/** Reads the list that comes with the program. Throws if it is not what the build wrote. */
export function readEnginePackages(file: string): EnginePackages {
  return listSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

const scope = '@node-llama-cpp/';

/** The packages that one computer needs, in the list's order. Pure. */
export function packagesFor({ packages }: EnginePackages, variant: EngineVariant): readonly EnginePackage[] {
  const wanted = new Set(variant.binaries.map((name) => `${scope}${name}`));
  return packages.filter(({ name }) => !name.startsWith(scope) || wanted.has(name));
}
