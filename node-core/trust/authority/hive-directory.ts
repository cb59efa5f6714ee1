import type { SignedDirectory } from '../../protocol/trust/directory.ts';

/** The directory that this node passes on: central makes it, everybody else has it from above. */
export interface HiveDirectory {
  /** `null`: none yet. */
  get(): SignedDirectory | null;
}
