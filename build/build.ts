import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { acquireLock } from './bootstrap-lock.mjs';
import { loadRenderer, renderIcons } from './icons/render-icons.ts';
import {
  containedLicences,
  mergeLicences,
  type PackageLicence,
  readBundledLicences,
  readInstalledLicence,
} from './licences.ts';
import { readUpdateFeed } from './release/update-feed.ts';
import { isBuilt, markBuilt, sourcesDigest } from './stamps.mjs';
import { createTargets, externalModules, licencesFile } from './targets.ts';

/**
 * `npm run build`: makes `dist` anew, all targets or none. Called with `--if-stale` it does nothing when `dist` is that
 * of the sources. The new files are made beside the old ones and take their place when all are there.
 */
const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');
const lockTimeoutMs = 15 * 60_000;

const release = await acquireLock(path.join(root, '.bootstrap.lock'), {
  timeoutMs: lockTimeoutMs,
  onWait: (holder) => console.error(`[build] waiting for process ${holder}, which is installing or building`),
});
try {
  if (!process.argv.includes('--if-stale') || !isBuilt(root)) await buildAll();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  release();
}

async function buildAll(): Promise<void> {
  const startedAt = performance.now();
  console.error('[build] building the page, the node and the shell ...');
  const updates = readUpdateFeed(process.env);
  const digest = sourcesDigest(root);
  const next = path.join(dist, '.next');
  fs.rmSync(next, { recursive: true, force: true });
  fs.mkdirSync(next, { recursive: true });
  const licences = externalModules.map((name) => readInstalledLicence(root, name));
  for (const target of createTargets(root, next, updates)) {
    await build(target.config);
    licences.push(...takeLicences(path.join(next, target.folder, licencesFile)));
  }
  licences.push(...containedLicences(licences, fs.readFileSync(path.join(root, 'LICENSE'), 'utf8')));
  fs.writeFileSync(path.join(next, licencesFile), `${JSON.stringify(mergeLicences(licences), null, 1)}\n`);
  await loadRenderer(root);
  renderIcons(root, path.join(next, 'icons'));
  moveSourceMaps(next);
  putInPlace(next);
  markBuilt(root, digest);
  console.error(`[build] built after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** What a target is built from; the list is kept once for all of them. */
function takeLicences(file: string): readonly PackageLicence[] {
  if (!fs.existsSync(file)) return [];
  const licences = readBundledLicences(fs.readFileSync(file, 'utf8'));
  fs.rmSync(file);
  return licences;
}

/** Source maps are for those who debug: they stand in `dist/source-maps`, outside of what is served and shipped. */
function moveSourceMaps(folder: string): void {
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.map')) continue;
    const to = path.join(folder, 'source-maps', file);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.renameSync(path.join(folder, file), to);
  }
}

function putInPlace(next: string): void {
  for (const name of fs.readdirSync(next)) {
    const place = path.join(dist, name);
    fs.rmSync(place, { recursive: true, force: true });
    fs.renameSync(path.join(next, name), place);
  }
  fs.rmSync(next, { recursive: true, force: true });
}
