import { FailureError } from '../../api/failures.ts';

const variable = 'HEVOLVE_MASTER_PRIVATE_KEY';

/**
 * Refuses a central node that was given the master key itself (`config-invalid`): everything that runs for the node's
 * account can read its environment (protocol.md, section 5, Master key).
 */
export function refuseKeyInEnvironment(environment: Readonly<Record<string, string | undefined>>): void {
  if (environment[variable] === undefined || environment[variable] === '') return;
  throw new FailureError({
    kind: 'config-invalid',
    name: variable,
    source: 'environment',
    reason:
      'the node must not hold the master key; put it into a file that the signer alone reads (--master-key or --signer), and remove the variable',
  });
}
