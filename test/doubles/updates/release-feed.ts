import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { makeReleaseKey, signFolder } from '../../../build/release/sign-folder.ts';
import { manifestName } from '../../../electron/updates/release-manifest.ts';

/** What one release of the feed is made of. */
interface TestRelease {
  readonly version: string;
  readonly channel?: 'stable' | 'beta';
  readonly notes?: string;
  readonly previousManifest?: string;
  /** The package; chance decides if it is not given. */
  readonly bytes?: Buffer;
  /** Somebody else's, instead of the feed's own. */
  readonly privateKey?: string;
}

/** A feed on this computer: what `npm run dist` and `sign-release` would have put on a web server. */
export interface ReleaseFeed {
  readonly folder: string;
  readonly address: string;
  /** Base64 of the public half. */
  readonly publicKey: string;
  /** Paths that were asked for, without what follows a question mark. */
  readonly asked: string[];
  /** Headers of the last request. */
  readonly lastHeaders: () => http.IncomingHttpHeaders;
  publish(release: TestRelease): Promise<{ readonly name: string; readonly manifest: string; readonly bytes: Buffer }>;
  /** Serves other bytes than those in the folder. */
  replace(name: string, change: (bytes: Buffer) => Buffer): void;
  /** Closes the connection after this many bytes of a file; `null` serves it whole again. */
  cut(name: string, afterBytes: number | null): void;
  close(): Promise<void>;
}

/** Large enough to be cut and to arrive in several pieces. */
const packageBytes = 300_000;

/** Name of the package that a release has for Linux here. */
export const appImageName = (version: string): string => `Nunba-${version}-linux-x64-unsigned.AppImage`;

/**
 * Starts a feed with a release key of its own.
 * @param folder empty; what is published stands in it
 */
export async function startReleaseFeed(folder: string): Promise<ReleaseFeed> {
  const { privateKey, publicKey } = makeReleaseKey();
  const asked: string[] = [];
  const cuts = new Map<string, number>();
  let headers: http.IncomingHttpHeaders = {};
  const server = http.createServer((request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    asked.push(name);
    headers = request.headers;
    serve(path.join(folder, name), cuts.get(name), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    folder,
    address,
    publicKey,
    asked,
    lastHeaders: () => headers,
    publish: (release) => publish(folder, privateKey, release),
    replace: (name, change) => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, change(fs.readFileSync(file)));
    },
    cut: (name, afterBytes) => void (afterBytes === null ? cuts.delete(name) : cuts.set(name, afterBytes)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serve(file: string, cutAfter: number | undefined, response: http.ServerResponse): void {
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const bytes = fs.readFileSync(file);
  response.writeHead(200, { 'content-length': bytes.length });
  if (cutAfter === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, cutAfter), () => response.destroy());
}

async function publish(folder: string, ownKey: string, release: TestRelease) {
  const { version, channel = 'stable', notes = '', previousManifest = null, privateKey = ownKey } = release;
  const name = appImageName(version);
  const bytes = release.bytes ?? crypto.randomBytes(packageBytes);
  // A release is signed in a folder of its own; the feed holds those of every version.
  const own = fs.mkdtempSync(path.join(folder, 'release-'));
  fs.writeFileSync(path.join(own, name), bytes);
  const feedFile = path.join(folder, `${channel === 'stable' ? 'latest' : 'beta'}-linux.yml`);
  fs.writeFileSync(feedFile, feedText(version, name, bytes));
  await signFolder({ folder: own, version, channel, date: '2026-11-22', notes, previousManifest, privateKey });
  for (const file of fs.readdirSync(own)) fs.renameSync(path.join(own, file), path.join(folder, file));
  fs.rmdirSync(own);
  return { name, manifest: path.join(folder, manifestName(version)), bytes };
}

/** As electron-builder writes it. */
function feedText(version: string, name: string, bytes: Buffer): string {
  const sha512 = crypto.createHash('sha512').update(bytes).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${sha512}`,
    `    size: ${bytes.length}`,
    `path: ${name}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-22T10:00:00.000Z'",
    '',
  ].join('\n');
}

/** The same bytes but for one bit of the byte at `position`. */
export function flipByte(bytes: Buffer, position: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[position] = (copy[position] ?? 0) ^ 1;
  return copy;
}
