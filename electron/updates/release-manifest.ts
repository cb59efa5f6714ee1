import { z } from 'zod';
import { isVersion } from './compare-versions.ts';

/** Before the bytes that are signed, so that a signature for something else is never one for a release. */
const signedPrefix = 'nunba release manifest v1\n';
/** Characters; a manifest of all packages of all systems has about 5,000 and its notes. */
const mostManifestLength = 200_000;

const versionSchema = z.string().refine(isVersion, 'is no version');
const fileSchema = z.strictObject({
  /** Beside the feed; no folder. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  /** Base64 of the SHA-512. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  sizeBytes: z.number().int().positive(),
});

/** What a release consists of, as the one who released it says. */
export const releaseManifestSchema = z.strictObject({
  format: z.literal(1),
  version: versionSchema,
  channel: z.enum(['stable', 'beta']),
  /** Day of the release, `2026-11-22`. */
  date: z.iso.date(),
  /** For the person, plain text. */
  notes: z.string().max(20_000),
  files: z.array(fileSchema).min(1).max(100),
  /** What to go back to; `null`: this is the first release. */
  previous: z.strictObject({ version: versionSchema, files: z.array(fileSchema).max(100) }).nullable(),
});
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;
export type ReleaseFile = ReleaseManifest['files'][number];

const envelopeSchema = z.strictObject({
  manifest: z.unknown(),
  /** Base64 of the Ed25519 signature (RFC 8032) of `signedBytes(manifest)`; its unused bits are zero (RFC 4648, 3.5). */
  signature: z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/),
});

/** Each version has its own, so that a feed that is just being published never mixes two. */
export const manifestName = (version: string): string => `release-manifest-${version}.json`;

/** The bytes that a release key signs: the prefix, then the manifest with its names in order and without spaces. */
export const signedBytes = (manifest: unknown): Uint8Array =>
  new TextEncoder().encode(`${signedPrefix}${canonicalText(manifest)}`);

/** The file that stands beside the feed. */
export const manifestFile = (manifest: ReleaseManifest, signature: string): string =>
  `${JSON.stringify({ manifest, signature }, null, 1)}\n`;

/**
 * Reads a manifest that somebody served. `null` unless the key has signed exactly this content, and it says all that a
 * manifest has to say and nothing else.
 * @param verify whether the release key has signed these bytes
 */
export function readManifest(
  text: string,
  verify: (bytes: Uint8Array, signature: Uint8Array) => boolean,
): ReleaseManifest | null {
  const envelope = envelopeSchema.safeParse(parseJson(text));
  if (!envelope.success) return null;
  const { manifest, signature } = envelope.data;
  if (
    !verify(
      signedBytes(manifest),
      Uint8Array.from(atob(signature), (byte) => byte.charCodeAt(0)),
    )
  )
    return null;
  const parsed = releaseManifestSchema.safeParse(manifest);
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  if (text.length > mostManifestLength) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** RFC 8785 for what a manifest can hold: texts, whole numbers, lists, objects and `null`. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(Reflect.get(value, name))}`).join(',')}}`;
}
