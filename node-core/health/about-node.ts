import fs from 'node:fs/promises';
import { z } from 'zod';
import type { CallHandlers, CallResult } from '../api/contract.ts';
import { aboutSchema } from '../api/node-views.ts';

type About = CallResult<'about.get'>;

/** Where the facts about this program come from. */
export interface AboutSources {
  readonly version: string;
  readonly dataFolder: string;
  /** Written by the build; absent in a checkout that was not built. */
  readonly licencesFile: string;
  /** Every host that the node may contact, and why. */
  contacts(): About['contacts'];
}

/** Answers `about.get`. */
export function createAboutHandlers(sources: AboutSources): { readonly calls: Pick<CallHandlers, 'about.get'> } {
  return {
    calls: {
      'about.get': async () => ({
        version: sources.version,
        dataFolder: sources.dataFolder,
        runtime: `Node ${process.versions.node} (${process.platform} ${process.arch})`,
        licences: await readLicences(sources.licencesFile),
        contacts: sources.contacts(),
      }),
    },
  };
}

async function readLicences(file: string): Promise<About['licences']> {
  try {
    const parsed: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
    return z.array(aboutSchema.unwrap().shape.licences.element).parse(parsed);
  } catch {
    return [];
  }
}
