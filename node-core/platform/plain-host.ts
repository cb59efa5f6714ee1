import type { Host } from '../protocol/ports/host.ts';
import { placesIn } from './data-folder.ts';
import { createFileSecrets } from './file-secrets.ts';
import { openPath } from './open-path.ts';
import type { ProgramFiles } from './program-files.ts';
import { systemClock } from './system-clock.ts';

/** The host of a node under plain Node: servers, Docker, the browser shell. */
export function createPlainHost(dataFolder: string, program: ProgramFiles): Host {
  return {
    clock: systemClock,
    secrets: createFileSecrets(placesIn(dataFolder).secrets),
    paths: { resources: program.resources, page: program.page },
    openPath,
  };
}
