import { expect, it } from 'vitest';
import { refuseKeyInEnvironment } from '../../../../node-core/trust/signer/key-in-environment.ts';

it('central refuses the master key in its environment, and a refusal does not repeat it', () => {
  const secret = 'ab'.repeat(32);
  expect(() => refuseKeyInEnvironment({ HEVOLVE_MASTER_PRIVATE_KEY: '' })).not.toThrow();
  let refusal: unknown = null;
  try {
    refuseKeyInEnvironment({ HEVOLVE_MASTER_PRIVATE_KEY: secret });
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ failure: { kind: 'config-invalid', name: 'HEVOLVE_MASTER_PRIVATE_KEY' } });
  expect(JSON.stringify(refusal)).not.toContain(secret);
});
