import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CentralAnswer, StartedCentral } from './enrol-under-kills.ts';
import type { HiveNode, MasterKey } from './hive.ts';
import { startCommand } from './node-process.ts';

/** What a first start leaves behind, in the order of writing; below the data folder. */
export const firstTraces = ['nunba.db', 'identity/tls/certificate.pem', 'identity/central_certificate.json'] as const;

/** Starts a central and ends it by force (SIGKILL) as soon as a file is there; resolves when it is gone. */
export async function killWhenThere(folder: string, trace: string, key: MasterKey): Promise<void> {
  const at = ['--data', folder, '--port', '0', '--hive-port', '0', '--hive-host', '127.0.0.1'];
  const as = ['--tier', 'central', '--public-url', 'https://localhost:6776', '--master-key', key.file];
  const { process, ended } = startCommand(['serve', ...at, ...as]);
  let isGone = false;
  void ended.then(() => {
    isGone = true;
  });
  while (!isGone && !fs.existsSync(path.join(folder, trace))) await nextTurn();
  process.kill('SIGKILL');
  const { signal, errors } = await ended;
  if (signal !== 'SIGKILL') throw new Error(`It ended by itself before ${trace} was there: ${errors}`);
}

/** The node that runs, then the same again each time that it was killed; reached over https by its own certificate. */
export function createNodeStarter(running: HiveNode): () => Promise<StartedCentral> {
  const ca = fs.readFileSync(path.join(running.dataFolder, 'identity/tls/certificate.pem'));
  let present: HiveNode | null = running;
  return async () => {
    const node = present ?? (await running.again());
    present = null;
    return {
      post: (route, body) => post(`${node.url}${route}`, body, ca),
      kill: () => node.kill(),
    };
  };
}

async function post(url: string, body: unknown, ca: Buffer): Promise<CentralAnswer | null> {
  try {
    const answer = await exchange(url, JSON.stringify(body), ca);
    // Its signer begins as it does; a node tries again.
    return answer.status === 503 ? null : answer;
  } catch {
    return null;
  }
}

function exchange(url: string, text: string, ca: Buffer): Promise<CentralAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const outgoing = https.request(url, { method: 'POST', headers, ca, agent: false }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        answer += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) });
        } catch (error) {
          reject(error);
        }
      });
    });
    outgoing.on('error', reject).on('close', () => reject(new Error('closed')));
    outgoing.end(text);
  });
}
