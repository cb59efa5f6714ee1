import { FailureError } from '../../node-core/api/failures.ts';
import type { Secrets } from '../../node-core/protocol/ports/host.ts';

/** Secrets in memory. */
export interface FakeSecrets extends Secrets {
  readonly kept: ReadonlyMap<string, string>;
  /** From now on the secret of that name is there but cannot be read. */
  spoil(name: string): void;
}

/** Keeps secrets for the length of a test. */
export function createFakeSecrets(): FakeSecrets {
  const kept = new Map<string, string>();
  const spoilt = new Set<string>();
  return {
    kept,
    spoil: (name) => void spoilt.add(name),
    async read(name) {
      if (spoilt.has(name)) throw new FailureError({ kind: 'secret-unreadable', name, reason: 'the test says so' });
      return kept.get(name) ?? null;
    },
    async write(name, value) {
      kept.set(name, value);
    },
    async remove(name) {
      kept.delete(name);
    },
  };
}
