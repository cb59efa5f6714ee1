import {
  flatMembership,
  type Membership,
  membershipSchema,
} from '../../../node-core/trust/membership/membership-record.ts';
import type { MembershipStore } from '../../../node-core/trust/membership/membership-store.ts';

/** A membership in memory. */
export interface FakeMembershipStore extends MembershipStore {
  /** How often something was stored. */
  writes(): number;
  /** From the change with this number on (the first is 1), nothing is stored any more: the disk, or the process, is gone. */
  breakAt(write: number): void;
}

/** Keeps a membership for the length of a test; whatever is stored passes its schema, as on the disk. */
export function createFakeMembershipStore(start: Membership = flatMembership): FakeMembershipStore {
  const listeners = new Set<() => void>();
  let present = start;
  let writes = 0;
  let brokenFrom = Number.POSITIVE_INFINITY;
  let lastChange: Promise<unknown> = Promise.resolve();
  return {
    get: () => present,
    update(change) {
      const result = lastChange.then(async () => {
        const next = change(present);
        if (next === present) return present;
        if (writes + 1 >= brokenFrom) throw new Error('the test ended the store');
        present = membershipSchema.parse(JSON.parse(JSON.stringify(next)));
        writes += 1;
        for (const listener of [...listeners]) listener();
        return present;
      });
      lastChange = result.catch(() => undefined);
      return result;
    },
    settled: async () => void (await lastChange),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    writes: () => writes,
    breakAt(write) {
      brokenFrom = write;
    },
  };
}
