import { z } from 'zod';
import { boxSchema, openBox, sealBox } from './vault-crypto.ts';
import { vaultIdSchema } from './vault-record.ts';

const presentVersion = 1;
const sealedSchema = z.strictObject({
  version: z.literal(presentVersion),
  vaultId: vaultIdSchema,
  ...boxSchema.shape,
});

/** One secret as its file `identity/secrets/<name>.sealed` holds it. */
export type SealedSecret = Readonly<z.infer<typeof sealedSchema>>;

/** The key of a vault and its name. */
export interface VaultKey {
  readonly vaultId: string;
  readonly key: Buffer;
}

/** The text of the file that keeps a secret. The name is sealed along, so that files cannot be exchanged. */
export function sealSecret({ vaultId, key }: VaultKey, name: string, value: string): string {
  const sealed = { version: presentVersion, vaultId, ...sealBox(key, contextOf(vaultId, name), Buffer.from(value)) };
  return sealedText(sealedSchema.parse(sealed));
}

/** `null`: not a sealed secret, or changed in any byte that this can see without the key. */
export function parseSealed(text: string): SealedSecret | null {
  try {
    const parsed = sealedSchema.safeParse(JSON.parse(text));
    return parsed.success && sealedText(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The secret; `null`: of another vault or name, or changed. */
export function openSecret({ vaultId, key }: VaultKey, name: string, text: string): string | null {
  const sealed = parseSealed(text);
  if (sealed === null || sealed.vaultId !== vaultId) return null;
  return openBox(key, contextOf(vaultId, name), sealed)?.toString('utf8') ?? null;
}

const sealedText = (sealed: SealedSecret): string => `${JSON.stringify(sealed)}\n`;

const contextOf = (vaultId: string, name: string): string => JSON.stringify([presentVersion, vaultId, name]);
