import { readPassphraseFile } from '../../platform/vault/passphrase-file.ts';
import { masterKeyOf } from './master-key.ts';
import { readMasterKeyFile } from './master-key-file.ts';
import { sequenceFile } from './signed-sequence.ts';
import { createSignerServer, type SignerOptions, type SignerServer } from './signer-server.ts';

export interface SignerFiles {
  /** Path of the master key. */
  readonly key: string;
  /** Path of its passphrase, `null`: it has none. */
  readonly passphrase: string | null;
  /** Where the newest signed revocation list is noted. */
  readonly sequence: string;
}

/** Opens a signer on its files. Throws `master-key-unusable` or, for the passphrase file, `config-invalid`. */
export async function openSigner(
  files: SignerFiles,
  options: Omit<SignerOptions, 'key' | 'sequences'>,
): Promise<{ readonly server: SignerServer; readonly anchor: string }> {
  const { passphrase } = files;
  const seed = await readMasterKeyFile({
    file: files.key,
    passphrase: async () => (passphrase === null ? null : readPassphraseFile(passphrase, '--passphrase-file')),
  });
  const key = masterKeyOf(seed);
  seed.fill(0);
  const server = await createSignerServer({ ...options, key, sequences: sequenceFile(files.sequence) });
  return { server, anchor: key.anchor };
}
