import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { app } from './app.ts';
import { standsFor } from './stands-for.ts';

const keyringSchema = z.object({
  backend: z.enum(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6', 'basic_text', 'unknown', 'unavailable']),
  /** Any text; another one cannot open what this one sealed. */
  key: z.string(),
});

/** The system's keyring: a file that lasts from one start to the next, and that a test may write or delete. */
export type Keyring = z.infer<typeof keyringSchema>;

/** Chromium's marks: sealed with the key of a keyring, and with one that everybody knows. */
const sealedMark = 'v11';
const plainMark = 'v10';
const ivBytes = 12;
const tagBytes = 16;

let mayUsePlainText = false;

/** Works as Electron's does on Linux: without a keyring nothing is sealed, unless the app says that plain text will do. */
export const safeStorage = standsFor('safeStorage', {
  isEncryptionAvailable: (): boolean => app.isReady() && isAvailable(),
  getSelectedStorageBackend(): ReturnType<SafeStorage['getSelectedStorageBackend']> {
    if (!app.isReady()) return 'unknown';
    const { backend } = readKeyring();
    return backend === 'unavailable' ? 'basic_text' : (backend as 'gnome_libsecret');
  },
  setUsePlainTextEncryption(usePlainText: boolean): void {
    mayUsePlainText = usePlainText;
  },
  isAsyncEncryptionAvailable: async (): Promise<boolean> => app.isReady() && isAvailable(),
  encryptStringAsync: async (text: string): Promise<Buffer> => encrypt(text),
  decryptStringAsync: async (sealed: Buffer): ReturnType<SafeStorage['decryptStringAsync']> => ({
    shouldReEncrypt: false,
    result: decrypt(sealed),
  }),
  encryptString: encrypt,
  decryptString: decrypt,
} satisfies Partial<SafeStorage>);

function encrypt(text: string): Buffer {
  if (!isAvailable())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  const keyring = readKeyring();
  const mark = isReal(keyring) ? sealedMark : plainMark;
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keyring, mark), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(mark), iv, cipher.getAuthTag(), sealed]);
}

function decrypt(sealed: Buffer): string {
  const failed = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';
  const mark = sealed.subarray(0, sealedMark.length).toString();
  if (mark !== sealedMark && mark !== plainMark)
    throw new Error(`${failed} Ciphertext does not appear to be encrypted.`);
  if (!isAvailable()) throw new Error(`${failed} Decryption is not available.`);
  try {
    return open(sealed.subarray(sealedMark.length), keyOf(readKeyring(), mark));
  } catch {
    throw new Error(failed);
  }
}

function open(sealed: Buffer, key: Buffer): string {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
  opener.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([opener.update(sealed.subarray(ivBytes + tagBytes)), opener.final()]).toString('utf8');
}

function isAvailable(): boolean {
  const keyring = readKeyring();
  return isReal(keyring) || (mayUsePlainText && keyring.backend === 'basic_text');
}

function isReal({ backend }: Keyring): boolean {
  return backend !== 'basic_text' && backend !== 'unavailable' && backend !== 'unknown';
}

function keyOf({ backend, key }: Keyring, mark: string): Buffer {
  return createHash('sha256')
    .update(mark === plainMark ? 'peanuts' : `${backend}:${key}`)
    .digest();
}

function readKeyring(): Keyring {
  const file = process.env.STAND_IN_KEYRING ?? path.join(app.getPath('home'), '.stand-in-keyring.json');
  if (!fs.existsSync(file)) {
    const first: Keyring = { backend: 'gnome_libsecret', key: randomBytes(16).toString('hex') };
    fs.writeFileSync(file, JSON.stringify(first), { mode: 0o600 });
  }
  return keyringSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}
