import type { Host } from '../protocol/ports/host.ts';
import { forkChild } from './fork-child.ts';
import { openPath } from './open-path.ts';
import type { ProgramFiles } from './program-files.ts';
import { systemClock } from './system-clock.ts';

/** The host of a node under plain Node: servers, Docker, the browser shell. */
export function createPlainHost(program: ProgramFiles): Host {
  return {
    clock: systemClock,
    keyring: null,
    paths: { resources: program.resources, page: program.page },
    openPath,
    fork: forkChild,
  };
}
