import { createCipheriv, createDecipheriv, createHmac, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { z } from 'zod';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const saltBytes = 16;

/** Base64 as it is written here; another text for the same bytes is refused, so that no change goes unseen. */
export const base64Schema = z
  .string()
  .max(128 * 1024)
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text, 'not base64');

/** AES-256-GCM: a random nonce, and the cipher text with its tag. */
export const boxSchema = z.strictObject({ nonce: base64Schema, box: base64Schema });
export type Box = z.infer<typeof boxSchema>;

/** What a passphrase is stretched with (RFC 7914). Bounded, so that a changed file cannot ask for all memory. */
const scryptSchema = z.strictObject({
  cost: z
    .number()
    .int()
    .min(2)
    .max(2 ** 18)
    .refine((cost) => Number.isInteger(Math.log2(cost)), 'not a power of two'),
  blockSize: z.number().int().min(1).max(8),
  parallelization: z.number().int().min(1).max(4),
});

/** A vault's key under a passphrase. */
export const passphraseWrapSchema = z.strictObject({
  kdf: z.literal('scrypt'),
  ...scryptSchema.shape,
  salt: base64Schema,
  ...boxSchema.shape,
});
export type PassphraseWrap = z.infer<typeof passphraseWrapSchema>;

/** What a new passphrase is stretched with: 128 MiB and about half a second. */
export const defaultScryptCost = 2 ** 17;
const blockSize = 8;
const parallelization = 1;

/** A new key of a vault. */
export const createVaultKey = (): Buffer => randomBytes(keyBytes);

/** Seals `plain`; `context` is not in the box, and opening it needs the same. */
export function sealBox(key: Buffer, context: string, plain: Buffer): Box {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const box = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), box: box.toString('base64') };
}

/** `null`: another key, another context, or something was changed. */
export function openBox(key: Buffer, context: string, { nonce, box }: Box): Buffer | null {
  const bytes = Buffer.from(box, 'base64');
  const nonceOf = Buffer.from(nonce, 'base64');
  if (bytes.length < tagBytes || nonceOf.length !== nonceBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    return null;
  }
}

/** A code over `text` that only the holder of the key can make. Base64. */
export function authenticate(key: Buffer, text: string): string {
  const own = createHmac('sha256', key).update('nunba vault record').digest();
  return createHmac('sha256', own).update(text).digest('base64');
}

/**
 * Wraps a vault's key with a passphrase.
 * @param cost of scrypt; a power of two
 */
export async function wrapWithPassphrase(
  key: Buffer,
  vaultId: string,
  passphrase: string,
  cost = defaultScryptCost,
): Promise<PassphraseWrap> {
  const salt = randomBytes(saltBytes);
  const parameters = { cost, blockSize, parallelization };
  const wrapping = await stretch(passphrase, salt, parameters);
  return {
    kdf: 'scrypt',
    ...parameters,
    salt: salt.toString('base64'),
    ...sealBox(wrapping, wrapContext(vaultId), key),
  };
}

/** The key of the vault; `null`: another passphrase, or something was changed. */
export async function unwrapWithPassphrase(
  wrap: PassphraseWrap,
  vaultId: string,
  passphrase: string,
): Promise<Buffer | null> {
  const wrapping = await stretch(passphrase, Buffer.from(wrap.salt, 'base64'), wrap);
  const key = openBox(wrapping, wrapContext(vaultId), wrap);
  return key?.length === keyBytes ? key : null;
}

const wrapContext = (vaultId: string): string => `nunba vault key ${vaultId}`;

/** The same passphrase typed on another system may come in another Unicode form. */
function stretch(passphrase: string, salt: Buffer, parameters: z.infer<typeof scryptSchema>): Promise<Buffer> {
  const { cost, blockSize, parallelization } = parameters;
  const maxmem = 128 * cost * blockSize * parallelization + 32 * 1024 * 1024;
  const options: ScryptOptions = { cost, blockSize, parallelization, maxmem };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, keyBytes, options, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
}

const keyText = /^nunba-vault:([0-9a-f]{32}):([A-Za-z0-9+/]{43}=)$/;

/** The key as a keyring seals it; it names its vault, so that a keyring which opens something else is noticed. */
export const keyToText = (key: Buffer, vaultId: string): string => `nunba-vault:${vaultId}:${key.toString('base64')}`;

/** `null`: not the key of this vault. */
export function keyFromText(text: string, vaultId: string): Buffer | null {
  const [, id, key = ''] = keyText.exec(text) ?? [];
  const bytes = Buffer.from(key, 'base64');
  return id === vaultId && bytes.length === keyBytes ? bytes : null;
}
