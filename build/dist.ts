import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isReleaseFile, unsignedSuffix } from './packaging/artifact-names.ts';
import { checksumsFile, writeChecksums } from './packaging/checksums.ts';
import type { PackedSystem } from './packaging/dummy-electron.ts';
import { runElectronBuilder } from './packaging/run-electron-builder.ts';
import { runScript } from './run-tool.ts';

/**
 * `npm run dist`: makes the installers of this system in `release/`, with SHA256SUMS. It downloads Electron and the
 * makers of installers; `npm run dist -- --system linux --system win` asks for others as far as this system can make
 * them (a dmg needs macOS).
 *
 * - Signed with what `unsignedSuffix` names; otherwise the names of the files end with `-unsigned`.
 * - NUNBA_UPDATE_FEED (and NUNBA_RELEASE_KEY, compiled in by the build): updates are looked for there.
 * - NUNBA_RELEASE_PRIVATE_KEY_FILE: the release manifest is signed with this key, beside the installers; with it go
 *   NUNBA_RELEASE_NOTES_FILE and NUNBA_PREVIOUS_MANIFEST_FILE.
 */
const root = path.dirname(import.meta.dirname);
const release = path.join(root, 'release');
/** Where Electron and the makers of installers come from. */
const downloads = process.env.ELECTRON_MIRROR ?? 'https://github.com';
const lookTimeoutMs = 10_000;

const { values } = parseArgs({ options: { system: { type: 'string', multiple: true } } });
const systems = (values.system ?? [ownSystem()]).map(readSystem);

if (!(await canDownload())) {
  console.error(
    'No installers were made: Electron and the programs that make installers are downloaded from github.com, which ' +
      'cannot be reached from here. Run this where there is a network, or name a mirror in ELECTRON_MIRROR. ' +
      '`npm run dist:check` does everything that needs no download.',
  );
  process.exitCode = 1;
} else {
  process.exitCode = await makeAll();
}

async function makeAll(): Promise<number> {
  fs.rmSync(release, { recursive: true, force: true });
  for (const system of systems) {
    const suffix = unsignedSuffix(system, process.env);
    const feed = process.env.NUNBA_UPDATE_FEED;
    const publish = feed ? ['-c.publish.provider=generic', `-c.publish.url=${feed}`] : [];
    const { exitCode } = await runElectronBuilder(root, [`--${system}`, ...publish], { suffix, isShown: true });
    if (exitCode !== 0) return exitCode;
    if (suffix !== '') console.error(`[dist] ${system}: not signed, see the README, "Installers"`);
  }
  const files = fs.readdirSync(release).filter(isReleaseFile);
  const signed = await signManifest();
  if (signed !== 0) return signed;
  const manifests = fs.readdirSync(release).filter((name) => name.startsWith('release-manifest-'));
  await writeChecksums(release, [...files, ...manifests]);
  console.error(`[dist] ${files.length} files and ${checksumsFile} are in ${path.relative(process.cwd(), release)}`);
  return 0;
}

/** Signs the manifest that an app asks for before it believes an update. */
async function signManifest(): Promise<number> {
  const key = process.env.NUNBA_RELEASE_PRIVATE_KEY_FILE;
  if (!key) return 0;
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')));
  const notes = process.env.NUNBA_RELEASE_NOTES_FILE;
  const previous = process.env.NUNBA_PREVIOUS_MANIFEST_FILE;
  return runScript(path.join(root, 'build', 'sign-release.ts'), [
    release,
    ...['--key', key, '--version', version],
    ...(notes ? ['--notes', notes] : []),
    ...(previous ? ['--previous', previous] : []),
  ]);
}

function readSystem(name: string): PackedSystem {
  if (name === 'linux' || name === 'win' || name === 'mac') return name;
  throw new Error(`--system takes linux, win or mac, not ${name}`);
}

function ownSystem(): PackedSystem {
  if (process.platform === 'win32') return 'win';
  return process.platform === 'darwin' ? 'mac' : 'linux';
}

/** Looked at first, because electron-builder tries each download several times before it says why it failed. */
async function canDownload(): Promise<boolean> {
  try {
    await fetch(downloads, { method: 'HEAD', signal: AbortSignal.timeout(lookTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}
