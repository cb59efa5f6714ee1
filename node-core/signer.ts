import process from 'node:process';
import { parseArgs } from 'node:util';
import { failureOf } from './api/failures.ts';
import { systemClock } from './platform/system-clock.ts';
import { describeError } from './protocol/describe-error.ts';
import { maskSecrets } from './protocol/mask-secrets.ts';
import type { Log } from './protocol/ports/log.ts';
import { openSigner } from './trust/signer/open-signer.ts';
import { defaultPerHour } from './trust/signer/signer-policy.ts';

/**
 * The forked signer of a one-machine hive (protocol.md, section 5, Master key): speaks with its parent over standard
 * input and output, writes its log to standard error and ends when its input does.
 */
async function run(): Promise<void> {
  // Ctrl+C reaches the whole group; the parent may still need a signature to stop in order.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.stdin.once('close', () => process.exit());
  const { values } = parseArgs({
    options: {
      key: { type: 'string' },
      sequence: { type: 'string' },
      'passphrase-file': { type: 'string' },
      'central-key': { type: 'string', multiple: true },
      'per-hour': { type: 'string' },
    },
  });
  const { key = '', sequence = '' } = values;
  try {
    const files = { key, sequence, passphrase: values['passphrase-file'] ?? null };
    const { server } = await openSigner(files, {
      centralKeys: new Set(values['central-key']),
      perHour: Number(values['per-hour'] ?? defaultPerHour),
      clock: systemClock,
      log,
    });
    server.serve({ readable: process.stdin, writable: process.stdout });
  } catch (error) {
    const failure = failureOf(error);
    const reason = failure !== null && 'reason' in failure ? failure.reason : 'unknown cause';
    log.error({ error }, 'The signer cannot start.');
    process.stdout.write(`${JSON.stringify({ kind: 'unusable', path: key, reason })}\n`, () => process.exit(1));
  }
}

const write =
  (level: string): Log['info'] =>
  ({ error, ...fields }, message) => {
    const line = { level, ...fields, ...(error === undefined ? {} : { error: describeError(error) }), message };
    process.stderr.write(`${maskSecrets(JSON.stringify(line))}\n`);
  };
const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };

void run();
