import { expect, test } from 'vitest';
import type { KeyStorageView } from '../../../node-core/api/key-views.ts';
import { followKeys } from '../../../node-core/health/keys-fact.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const plain: KeyStorageView = { kind: 'plain', presentBackend: null };
const sealed: KeyStorageView = {
  kind: 'sealed',
  openedBy: 'keyring',
  backends: ['kwallet6'],
  presentBackend: 'kwallet6',
  hasRecovery: false,
  canSealHere: false,
  leftPlain: 0,
};
const locked: KeyStorageView = {
  kind: 'locked',
  reason: 'keyring-missing',
  recordedBackend: 'kwallet6',
  presentBackend: null,
  hasRecovery: false,
  sealedCount: 1,
};

test('keys are locked since they were first found locked, and were looked at when that changed', async () => {
  const clock = createFakeClock(1_000_000);
  let view: KeyStorageView = plain;
  let tell = (): void => undefined;
  const fact = followKeys(
    {
      view: () => view,
      onChanged: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
    clock,
  );
  const become = (next: KeyStorageView): void => {
    view = next;
    tell();
  };
  expect(fact()).toEqual({ kind: 'plain', lookedAt: clock.now() });
  await clock.advance(1_000);
  become(locked);
  const first = clock.now();
  await clock.advance(5_000);
  become(locked);
  expect(fact()).toEqual({ kind: 'locked', since: first, lookedAt: clock.now() });
  await clock.advance(5_000);
  become({ ...sealed, leftPlain: 2 });
  expect(fact()).toEqual({ kind: 'left-plain', count: 2, lookedAt: clock.now() });
  become(sealed);
  expect(fact()).toEqual({ kind: 'sealed', openedBy: 'keyring', lookedAt: clock.now() });
});
