import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { describeError } from '../../protocol/describe-error.ts';
import { maskSecrets } from '../../protocol/mask-secrets.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { publicKeySchema } from '../../protocol/trust/key-text.ts';
import { openSigner } from '../../trust/signer/open-signer.ts';
import { defaultPerHour } from '../../trust/signer/signer-policy.ts';
import { listenForNodes } from '../../trust/signer/signer-socket.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';

export interface SignerFlags {
  readonly key: string;
  readonly socket: string;
  readonly centralKey?: readonly string[];
  readonly perHour?: string;
  readonly passphraseFile?: string;
  /** Where the newest signed revocation list is noted; beside the socket if absent. */
  readonly sequence?: string;
}

/** Runs the signer as a service of its own until it is asked to stop. Resolves with the exit code. */
export async function serveSigner(surroundings: Surroundings, flags: SignerFlags): Promise<number> {
  const socket = path.resolve(flags.socket);
  const stop = Promise.withResolvers<void>();
  const endSignals = surroundings.onStopSignal(() => stop.resolve());
  try {
    const files = {
      key: path.resolve(flags.key),
      passphrase: flags.passphraseFile === undefined ? null : path.resolve(flags.passphraseFile),
      sequence: path.resolve(flags.sequence ?? path.join(path.dirname(socket), 'signer_sequence.json')),
    };
    const { server, anchor } = await openSigner(files, {
      centralKeys: new Set((flags.centralKey ?? []).map(readCentralKey)),
      perHour: readPerHour(flags.perHour),
      clock: systemClock,
      log: logTo(surroundings),
    });
    const listening = await listenForNodes(server, socket);
    surroundings.print(`The signer of ${anchor} answers at unix:${socket}\n`);
    await stop.promise;
    await listening.close();
    return exitCodes.done;
  } finally {
    endSignals();
  }
}

function readCentralKey(text: string): string {
  const key = publicKeySchema.safeParse(text);
  if (key.success) return key.data;
  throw invalid('--central-key', 'a node key has 64 hexadecimal digits in lower case; nunba-node trust prints it');
}

function readPerHour(text: string | undefined): number {
  if (text === undefined) return defaultPerHour;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw invalid('--per-hour', 'it is no number');
}

const invalid = (name: string, reason: string): FailureError =>
  new FailureError({ kind: 'config-invalid', name, source: 'command line', reason });

/** Each line with its time is the service manager's business. */
function logTo({ say }: Surroundings): Log {
  const line =
    (level: string): Log['info'] =>
    ({ error, ...fields }, message) =>
      say(
        maskSecrets(JSON.stringify({ level, message, ...fields, ...(error ? { error: describeError(error) } : {}) })),
      );
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
