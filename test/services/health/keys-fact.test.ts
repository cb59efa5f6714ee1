import { expect, test } from 'vitest';
import type { KeyStorageView } from '../../../node-core/api/key-views.ts';
import { followKeys } from '../../../node-core/health/keys-fact.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const plain: KeyStorageView = { kind: 'plain', presentBackend: null };
const locked: KeyStorageView = {
  kind: 'locked',
  reason: 'keyring-missing',
  recordedBackend: 'kwallet6',
  presentBackend: null,
  hasRecovery: false,
  sealedCount: 1,
};

test('keys are locked since they were first found locked, until they are open', async () => {
  const clock = createFakeClock(1_000_000);
  let view: KeyStorageView = plain;
  let tell = (): void => undefined;
  const since = followKeys(
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
  expect(since()).toBeNull();
  await clock.advance(1_000);
  become(locked);
  const first = clock.now();
  await clock.advance(5_000);
  become(locked);
  expect(since()).toBe(first);
  become(plain);
  expect(since()).toBeNull();
});
