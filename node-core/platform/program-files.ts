import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({ name: z.literal('nunba'), version: z.string() });

/** What comes with the program, as a checkout or an installed folder holds it. */
export interface ProgramFiles {
  readonly root: string;
  readonly version: string;
  readonly resources: string;
  /** The built page, or `null` if it was not built. */
  readonly page: string | null;
  readonly licences: string;
}

/** Finds them from any folder inside: `node-core/` in a checkout, `dist/node-core/` once built. */
export function findProgramFiles(start: string): ProgramFiles {
  for (let folder = start; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const version = versionIn(folder);
    if (version === null) continue;
    const page = path.join(folder, 'dist', 'renderer');
    return {
      root: folder,
      version,
      resources: path.join(folder, 'resources'),
      page: fs.existsSync(path.join(page, 'index.html')) ? page : null,
      licences: path.join(folder, 'dist', 'licences.json'),
    };
  }
  throw new Error(`No package.json of Nunba above ${start}`);
}

function versionIn(folder: string): string | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')));
    return parsed.success ? parsed.data.version : null;
  } catch {
    return null;
  }
}
