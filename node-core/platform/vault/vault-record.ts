import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { authenticate, base64Schema, passphraseWrapSchema } from './vault-crypto.ts';

/** Most keyrings that one vault remembers; a person moves between two or three. */
export const maxKeyrings = 8;
const presentVersion = 1;

export const vaultIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

const recordSchema = z.strictObject({
  version: z.literal(presentVersion),
  vaultId: vaultIdSchema,
  /** The key as keyrings sealed it, newest first. */
  keyrings: z.array(z.strictObject({ backend: z.string().max(60), sealed: base64Schema })).max(maxKeyrings),
  /** The recovery copy. */
  passphrase: passphraseWrapSchema.nullable(),
  /** Over everything above, made with the key itself: what was changed is noticed as soon as the vault is open. */
  mac: base64Schema,
});

/** `identity/vault.json`: how the key of a vault is wrapped. Never the key itself. */
export type VaultRecord = Readonly<z.infer<typeof recordSchema>>;
export type KeyringWrap = VaultRecord['keyrings'][number];
/** A record before it was authenticated. */
export type VaultContent = Omit<VaultRecord, 'mac' | 'version'>;

export const createVaultId = (): string => randomBytes(16).toString('hex');

/** Completes a record with the key of its vault. */
export function signRecord(content: VaultContent, key: Buffer): VaultRecord {
  const { vaultId, keyrings, passphrase } = content;
  const unsigned = { version: presentVersion, vaultId, keyrings, passphrase } as const;
  return { ...unsigned, mac: authenticate(key, JSON.stringify(recordSchema.omit({ mac: true }).parse(unsigned))) };
}

/** How an attempt to open a vault ended. `damaged`: with its key, but the record is not as that key's holder wrote it. */
export type KeyTry =
  | { readonly kind: 'opened'; readonly key: Buffer }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'refused' };

/** Judges what an attempt gave; `null`: nothing. */
export function judgeKey(record: VaultRecord, key: Buffer | null): KeyTry {
  if (key === null) return { kind: 'refused' };
  return signRecord(record, key).mac === record.mac ? { kind: 'opened', key } : { kind: 'damaged' };
}

/** The text of the file; one text for one record. */
export const recordText = (record: VaultRecord): string => `${JSON.stringify(recordSchema.parse(record), null, 2)}\n`;

/** What stands in `identity/vault.json`. */
export type ReadRecord =
  | { readonly kind: 'none' }
  | { readonly kind: 'present'; readonly record: VaultRecord }
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' };

/** @param text of the file; `null`: there is none */
export function parseRecord(text: string | null): ReadRecord {
  if (text === null) return { kind: 'none' };
  const json = parseJson(text);
  if (
    z
      .looseObject({
        version: z
          .number()
          .int()
          .min(presentVersion + 1),
      })
      .safeParse(json).success
  ) {
    return { kind: 'newer' };
  }
  const parsed = recordSchema.safeParse(json);
  if (!parsed.success || recordText(parsed.data) !== text) return { kind: 'damaged' };
  return { kind: 'present', record: parsed.data };
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
