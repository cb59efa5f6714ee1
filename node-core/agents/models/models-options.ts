import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Secrets } from '../../protocol/ports/host.ts';
import type { LocalModelFiles } from '../../protocol/ports/local-models.ts';
import type { Storage } from '../../storage/storage.ts';
import type { KnownProgram } from './discover-programs.ts';
import type { EnvironmentProvider } from './provider.ts';

/** What the models of a node are made of. */
export interface ModelsOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly secrets: Secrets;
  /** Tells that other secrets may be kept now, or that they can be reached; returns what ends it. */
  readonly onSecretsChanged: (listener: () => void) => () => void;
  readonly clock: Clock;
  readonly breaker: Pick<Breaker, 'pass' | 'signal'>;
  readonly environment: readonly EnvironmentProvider[];
  /** Model files of this computer. */
  readonly local: LocalModelFiles;
  /** Ports on which this node itself listens: they are neither looked at nor accepted. */
  readonly ownPorts: () => readonly number[];
  /** Default: the five well-known ones. */
  readonly programs?: readonly KnownProgram[];
}
