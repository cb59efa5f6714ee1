import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {
  manifestFile,
  manifestName,
  type ReleaseFile,
  type ReleaseManifest,
  releaseManifestSchema,
  signedBytes,
} from '../../electron/updates/release-manifest.ts';

/** What a person installs; everything else in a release folder describes it. */
const packageName = /\.(?:AppImage|deb|rpm|exe|dmg|zip)$/;
/** `Nunba-1.2.0-beta.1-linux-x64-unsigned.AppImage`, as `artifactName` of electron-builder.yml has it: the version. */
const packageVersion =
  /^[A-Za-z]+-(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+?)??)(?:-(?:linux|win|mac)-\w+)?(?:-unsigned)?\.[A-Za-z]+$/;

/** A release whose packages lie in one folder, those of all systems together. */
export interface ReleaseOrder {
  readonly folder: string;
  readonly version: string;
  readonly channel: 'stable' | 'beta';
  /** Day, `2026-11-22`. */
  readonly date: string;
  /** Plain text for the person. */
  readonly notes: string;
  /** Manifest file of the version before, or `null` for a first release. */
  readonly previousManifest: string | null;
  /** Private key, PKCS #8 in PEM. */
  readonly privateKey: string;
}

/**
 * Writes the signed manifest of a release into its folder. Throws a sentence if there is nothing to sign or the result
 * is not what the app takes.
 * @returns its path
 */
export async function signFolder(order: ReleaseOrder): Promise<string> {
  const { folder, version, channel, date, notes, previousManifest } = order;
  const files: ReleaseFile[] = [];
  for (const name of packagesIn(folder, version)) files.push(await describe(path.join(folder, name)));
  const previous = previousManifest === null ? null : readPrevious(previousManifest);
  const parsed = releaseManifestSchema.safeParse({ format: 1, version, channel, date, notes, files, previous });
  if (!parsed.success) throw new Error(`The release cannot be described: ${parsed.error.message}`);
  const file = path.join(folder, manifestName(version));
  fs.writeFileSync(file, manifestFile(parsed.data, sign(parsed.data, order.privateKey)));
  return file;
}

/** A new release key: the private half in PEM, the public one in base64 as the build takes it. */
export function makeReleaseKey(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64'),
  };
}

/** Base64 of the Ed25519 signature. */
export const sign = (manifest: ReleaseManifest, privateKey: string): string =>
  crypto.sign(null, signedBytes(manifest), privateKey).toString('base64');

/** Names of the packages of a version. Throws a sentence if there is none, or one of another version. */
function packagesIn(folder: string, version: string): readonly string[] {
  const names = fs.readdirSync(folder).filter((name) => packageName.test(name));
  if (names.length === 0) throw new Error(`There is no package of version ${version} in ${folder}.`);
  const other = names.find((name) => packageVersion.exec(name)?.[1] !== version);
  if (other !== undefined) {
    throw new Error(`${other} is no package of version ${version}. Sign a folder that holds nothing else.`);
  }
  return names.sort();
}

async function describe(file: string): Promise<ReleaseFile> {
  const hash = crypto.createHash('sha512');
  for await (const part of fs.createReadStream(file)) hash.update(part as Buffer);
  return { name: path.basename(file), sha512: hash.digest('base64'), sizeBytes: fs.statSync(file).size };
}

/** Its signature is not looked at: whoever signs has the file from their own last release. */
function readPrevious(file: string): ReleaseManifest['previous'] {
  const { manifest } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly manifest: unknown };
  const { version, files } = releaseManifestSchema.parse(manifest);
  return { version, files };
}
