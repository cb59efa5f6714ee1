import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerScheme } from './session.ts';
import { standsFor } from './stands-for.ts';

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
export const net = standsFor('net', {
  online: true,
  isOnline: (): boolean => true,
  /** Over Node's own HTTP client, which tells a cut connection by the same events. */
  request(options: http.RequestOptions): http.ClientRequest {
    if (!isHere(options.hostname ?? '')) throw new Error('net::ERR_NAME_NOT_RESOLVED');
    return http.request({ ...options, agent: false });
  },
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { protocol, hostname } = new URL(request.url);
    if (protocol === 'file:') return fetchFile(request.url);
    const own = await answerScheme(request);
    if (own) return own;
    if (!isHere(hostname)) throw new Error('net::ERR_NAME_NOT_RESOLVED');
    return fetch(request);
  },
});

const isHere = (hostname: string): boolean => hostname === '127.0.0.1' || hostname === 'localhost';

async function fetchFile(address: string): Promise<Response> {
  const file = fileURLToPath(address);
  const type = mediaTypes[path.extname(file)];
  try {
    return new Response(await fs.readFile(file), { headers: type ? { 'content-type': type } : {} });
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  }
}
