import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });
const bundledSchema = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().nullish(),
    text: z.string().nullish(),
  }),
);

/** One package that the program is built from. */
export interface PackageLicence {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** The licence's own text, or empty where the package has none. */
  readonly text: string;
}

/** What Vite wrote down about the packages that it bundled (`build.license`). */
export function readBundledLicences(json: string): readonly PackageLicence[] {
  return bundledSchema.parse(JSON.parse(json)).map(({ name, version, identifier, text }) => ({
    name,
    version,
    licence: identifier ?? 'see text',
    text: text ?? '',
  }));
}

/** The licence of an installed package that is shipped as it is. */
export function readInstalledLicence(root: string, packageName: string): PackageLicence {
  const folder = path.join(root, 'node_modules', packageName);
  const { name, version, license } = manifestSchema.parse(
    JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')),
  );
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
  return { name, version, licence: license, text: file ? fs.readFileSync(path.join(folder, file), 'utf8') : '' };
}

/** Works that packages hold within themselves, which no list of packages names; by the package and its version. */
const contained: Readonly<Record<string, Omit<PackageLicence, 'text'>>> = {
  'unpdf@1.8.1': { name: 'pdfjs-dist', version: '6.1.200', licence: 'Apache-2.0' },
};

/**
 * Those of these packages, all under the Apache License, whose text is given.
 * Throws where such a package has another version: then what it holds is to be looked up.
 */
export function containedLicences(all: readonly PackageLicence[], apache: string): readonly PackageLicence[] {
  return all.flatMap(({ name, version }) => {
    const within = contained[`${name}@${version}`];
    if (within !== undefined) return [{ ...within, text: apache }];
    if (Object.keys(contained).some((key) => key.startsWith(`${name}@`))) {
      throw new Error(`It is not known what ${name} ${version} holds of others: see build/licences.ts.`);
    }
    return [];
  });
}

/** Each package and version once, by name. */
export function mergeLicences(all: readonly PackageLicence[]): readonly PackageLicence[] {
  const byPackage = new Map(all.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byPackage.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version),
  );
}
