import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isHere } from './loopback.ts';
import { answerScheme } from './schemes.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Files, the app's own schemes and this machine; nothing else is fetched in a test. */
export async function fetchHere(input: string | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const address = new URL(request.url);
  if (address.protocol === 'file:') return fetchFile(request.url);
  const own = await answerScheme(request);
  if (own) return own;
  if (!isHere(address)) throw new Error('net::ERR_NAME_NOT_RESOLVED');
  return fetch(request);
}

async function fetchFile(address: string): Promise<Response> {
  const file = fileURLToPath(address);
  const type = mediaTypes[path.extname(file)];
  try {
    return new Response(await fs.readFile(file), { headers: type ? { 'content-type': type } : {} });
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  }
}
