import type { HiveFact, NodeFacts } from '../../node-core/protocol/node-facts.ts';

/** 2026-06-01T12:00:00Z, an hour after the start. */
export const factsAt = Date.UTC(2026, 5, 1, 12);
const day = 24 * 60 * 60_000;

/** A node that works alone with a model and has nothing to tell. */
export function nodeFacts(part: Partial<NodeFacts> = {}): NodeFacts {
  const lookedAt = factsAt - 4_000;
  return {
    startedAt: factsAt - 60 * 60_000,
    askedAt: null,
    runtime: { kind: 'running' },
    pausedSince: null,
    database: { kind: 'sound', conversations: 2, messages: 9, lookedAt },
    disk: { kind: 'room', freeBytes: 212e9, synchronisedBy: null, lookedAt },
    clock: { kind: 'right', against: 'files', differenceMs: 0, lookedAt },
    port: { kind: 'open', address: 'http://127.0.0.1:6777', lookedAt },
    hivePort: { kind: 'none' },
    keys: { kind: 'sealed', openedBy: 'keyring', lookedAt },
    model: { kind: 'answers', model: 'llama', lookedAt },
    hive: { kind: 'alone', reason: null },
    ...part,
  };
}

type Member = Extract<HiveFact, { kind: 'member' }>;

/** A member whose certificate is in the middle of its time and whose parent was heard 10 s ago. */
export function memberFact(part: Partial<Member> = {}): Member {
  return {
    kind: 'member',
    certificate: { issuedAt: factsAt - 3 * day, endsAt: factsAt + 4 * day, renewsAt: factsAt + day, trouble: null },
    parent: { host: 'hive.test', verifiedAt: factsAt - 10_000, askedAt: factsAt - 10_000, silentSince: null },
    keyDiffersSince: null,
    signerTrouble: null,
    signerLookedAt: factsAt - 4_000,
    ...part,
  };
}
