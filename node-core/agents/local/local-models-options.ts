import type { ProxySources } from '../../protocol/local/choose-proxy.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { EngineInstaller } from '../../protocol/ports/local-models.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Catalogue } from './catalogue.ts';
import type { MemoryRoom } from './machine-room.ts';

/** What local models are made of. */
export interface LocalModelsOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  /** Where downloads go unless the person chooses another folder. */
  readonly usualFolder: string;
  /** Variables of the process, for proxies. */
  readonly environment: ProxySources['environment'];
  /** 0 <= x < 1 */
  readonly random: () => number;
  readonly memory: () => Promise<MemoryRoom>;
  /** `null`: there is nothing that could run a model, so none is offered. */
  readonly engine: EngineInstaller | null;
  /** Lets go of a model's file, so that it can be deleted and its room is free. @param path of the file */
  readonly release: (path: string) => void;
  /** Makes a model that is here, with its engine, the one that answers. @param id of the file */
  readonly choose: (id: string) => Promise<void>;
  /** Logs what nobody foresaw and answers the incident. */
  readonly reportBug: (error: unknown, where: string) => string;
}
