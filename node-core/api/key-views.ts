import { z } from 'zod';

/** Shortest passphrase that may protect keys, in characters: it is what stands between a copied folder and the keys. */
export const minPassphraseChars = 12;

/** A passphrase that is to protect keys from now on. */
export const newPassphraseSchema = z.string().min(minPassphraseChars).max(1_000);

/** Why sealed keys cannot be reached. Nothing was changed in any of these. */
export const lockReasonSchema = z.enum([
  /** Another keyring than the one that sealed them, which cannot open them. */
  'keyring-changed',
  'keyring-missing',
  /** The same keyring, but it cannot open them: its own key is another one. */
  'keyring-refused',
  'keyring-silent',
  /** Sealed with a passphrase alone, and none was given. */
  'passphrase-needed',
  /** The passphrase of the file that the configuration names. */
  'passphrase-wrong',
  'vault-damaged',
  /** A newer Nunba wrote it. */
  'vault-newer',
  /** Sealed keys are there, and the file that opens them is not. */
  'vault-missing',
]);
export type LockReason = z.infer<typeof lockReasonSchema>;

/** As Electron names it: `gnome_libsecret`, `kwallet6`, `keychain`, `dpapi`, `basic_text`. */
const backend = z.string().max(60);

/** How the keys of the providers and the tokens of the API are kept. No key and no passphrase is ever in it. */
export const keyStorageSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** In files for the person's account alone, because there is no keyring. */
    z.object({ kind: z.literal('plain'), presentBackend: backend.nullable() }),
    z.object({
      kind: z.literal('sealed'),
      openedBy: z.enum(['keyring', 'passphrase']),
      /** The keyrings that can open them, newest first. */
      backends: z.array(backend).max(8),
      presentBackend: backend.nullable(),
      /** A passphrase can open them, too. */
      hasRecovery: z.boolean(),
      /** There is a keyring that could open them from now on, and cannot yet. */
      canSealHere: z.boolean(),
      /** Keys that still stand in plain files, because sealing them failed. */
      leftPlain: z.number().int().nonnegative(),
    }),
    z.object({
      kind: z.literal('locked'),
      reason: lockReasonSchema,
      recordedBackend: backend.nullable(),
      presentBackend: backend.nullable(),
      hasRecovery: z.boolean(),
      sealedCount: z.number().int().nonnegative(),
    }),
  ]),
);
export type KeyStorageView = z.infer<typeof keyStorageSchema>;

const names: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME Keyring',
  keychain: 'Keychain',
  dpapi: 'Windows Data Protection',
};

/** The name of a keyring as its system calls it; `null`: none that can keep a secret. */
export function keyringName(code: string | null): string | null {
  if (code === null || code === 'basic_text' || code === 'unknown') return null;
  return names[code] ?? (/^kwallet\d?$/.test(code) ? 'KWallet' : code);
}
