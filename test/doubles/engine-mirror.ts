import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { cachedName, engineCache } from '../../build/engine/fetch-packages.ts';
import { type EnginePackages, readEnginePackages } from '../../node-core/agents/local/install/engine-packages.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The engine's packages, as the program has them listed. */
export const enginePackages: EnginePackages = readEnginePackages(path.join(root, 'resources/engine/packages.json'));

/** What the mirror does with one request instead of serving the file; `null`: it serves it. */
type Mischief = (file: string, request: http.IncomingMessage, response: http.ServerResponse) => boolean;

/** A registry of npm's on this computer, with the packages that `npm test` has fetched. */
export interface EngineMirror {
  readonly url: URL;
  /** Paths that were asked for, decoded. */
  readonly asked: readonly string[];
  /** Returns whether it has dealt with the request itself. */
  mischief: Mischief;
  close(): Promise<void>;
}

/** Starts one; close it. */
export async function startEngineMirror(): Promise<EngineMirror> {
  const files = new Map(
    enginePackages.packages.map((each) => [
      `/${each.name}/-/${each.name.slice(each.name.indexOf('/') + 1)}-${each.version}.tgz`,
      path.join(engineCache(root), cachedName(each)),
    ]),
  );
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '', 'http://mirror').pathname);
    asked.push(name);
    const file = files.get(name);
    if (file === undefined || !fs.existsSync(file)) {
      response.writeHead(404).end();
    } else if (!mirror.mischief(name, request, response)) {
      response.writeHead(200, { 'content-length': fs.statSync(file).size, 'content-type': 'application/octet-stream' });
      fs.createReadStream(file).pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the mirror has no port');
  const mirror: EngineMirror = {
    url: new URL(`http://127.0.0.1:${address.port}`),
    asked,
    mischief: () => false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return mirror;
}
