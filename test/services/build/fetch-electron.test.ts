import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { electronPackage, findElectron } from '../../../build/launch/electron-binary.ts';
import { type FetchOptions, fetchElectron } from '../../../build/launch/fetch-electron.ts';
import { storedZip } from '../../builders/stored-zip.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const ownModules = path.join(import.meta.dirname, '../../../node_modules');

/** A checkout that has the electron package, without its program. */
function checkout(): string {
  const root = tempFolder();
  const folder = electronPackage(root);
  fs.mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'install.js', 'checksums.json']) {
    fs.copyFileSync(path.join(ownModules, 'electron', file), path.join(folder, file));
  }
  for (const scope of ['@electron', '@electron-internal']) {
    fs.symlinkSync(path.join(ownModules, scope), path.join(root, 'node_modules', scope), 'junction');
  }
  return root;
}

/** Serves what stands in for the releases of Electron; gives its address. */
async function startMirror(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function fetchFrom(mirror: string, options: Partial<FetchOptions> = {}) {
  const root = checkout();
  const seen: { transferred: number; total: number | null }[] = [];
  const outcome = await fetchElectron({
    root,
    environment: {
      ...process.env,
      ELECTRON_MIRROR: mirror,
      electron_config_cache: path.join(root, 'cache'),
      electron_use_remote_checksums: '1',
    },
    idleTimeoutMs: 15_000,
    unpackTimeoutMs: 15_000,
    onProgress: (transferred, total) => seen.push({ transferred, total }),
    ...options,
  });
  return { root, outcome, seen };
}

const archive = storedZip({
  electron: '#!/bin/sh\necho hello\n',
  'electron.exe': '',
  'Electron.app/Contents/MacOS/Electron': '',
  version: '0',
});

test('Electron is fetched from the mirror, checked, unpacked and found, with progress on the way', async () => {
  let archiveName = '';
  const mirror = await startMirror((request, response) => {
    const name = path.basename(request.url ?? '');
    if (name === 'SHASUMS256.txt') {
      response.end(`${createHash('sha256').update(archive).digest('hex')} *${archiveName}\n`);
      return;
    }
    archiveName = name;
    response.setHeader('content-length', archive.length);
    response.end(archive);
  });
  const { root, outcome, seen } = await fetchFrom(mirror);
  expect(outcome).toEqual({ kind: 'fetched' });
  expect(findElectron(root, undefined, process.platform)).not.toBeNull();
  expect(seen.at(-1)?.total).toBe(archive.length);
});

test('an archive with a wrong checksum is refused', async () => {
  const mirror = await startMirror((request, response) => {
    if (request.url?.endsWith('SHASUMS256.txt')) response.end(`${'0'.repeat(64)} *electron.zip\n`);
    else response.end(archive);
  });
  const { root, outcome } = await fetchFrom(mirror);
  expect(outcome.kind).toBe('failed');
  expect(findElectron(root, undefined, process.platform)).toBeNull();
});

test('a download that stalls is given up', async () => {
  const mirror = await startMirror((_request, response) => {
    response.setHeader('content-length', 1_000_000);
    response.write(Buffer.alloc(1_000));
  });
  const { outcome } = await fetchFrom(mirror, { idleTimeoutMs: 1_500 });
  expect(outcome).toEqual({ kind: 'failed', reason: 'no byte arrived for 1.5 s' });
});

test.each([
  ['an answer of 404', async () => startMirror((_request, response) => response.writeHead(404).end()), /404/],
  ['nobody there', async () => 'http://127.0.0.1:9/', /ECONNREFUSED|bad port/],
])('a download fails with its cause: %s', async (_, mirror, reason) => {
  const { outcome } = await fetchFrom(await mirror());
  expect(outcome).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
});
