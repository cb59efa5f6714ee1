import { locateHost } from '../../protocol/location.ts';
import type { Contact } from '../models/contacts.ts';
import type { EmbeddingEngine, LocalEngine } from './engine/local-engine.ts';
import type { LocalEngineInstaller } from './install/engine-installer.ts';

/** What runs model files of this computer, and what fetches that. */
export interface EngineParts {
  readonly engine: LocalEngine;
  /** The same for embeddings; another process. */
  readonly embeddings: EmbeddingEngine;
  readonly installer: LocalEngineInstaller;
}

/** Whom this node asks when the person gets the engine. */
export function engineContacts({ registry }: Pick<LocalEngineInstaller, 'registry'>): readonly Contact[] {
  if (registry === null) return [];
  const { host, hostname } = registry;
  return [{ host, purpose: 'engine', name: host, location: locateHost(hostname).kind }];
}
