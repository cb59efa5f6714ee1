import http from 'node:http';
import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { HiveReply } from '../../node-core/trust/authority/hive-reply.ts';
import { composeDesk } from './compose-desk.ts';
import { nearby } from './desk-applicant.ts';

/**
 * A desk in a process of its own, to be ended by force. It loads, says `ready`, opens the database of the folder that
 * the first line of its input names, and says where it answers: plain http on loopback, the paths of the hive listener.
 */

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function serve(folder: string): Promise<void> {
  const { desk } = await composeDesk({ folder, clock: systemClock, log: silent });
  await desk.finishLeftovers();
  const answer = (path: string | undefined, body: unknown): Promise<HiveReply> =>
    path === '/register' ? desk.register(body, nearby) : desk.answer(body, nearby);
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    try {
      const reply = await answer(request.url, JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
    } catch (error) {
      response.writeHead(500).end(JSON.stringify({ reason: 'bug', error: String(error) }));
    }
  });
  server.listen(0, '127.0.0.1', () => {
    const at = server.address();
    process.stdout.write(`at http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}\n`);
  });
}

process.stdin.setEncoding('utf8').once('data', (line) => void serve(String(line).trim()));
// Its parent is gone, so nobody would end it.
process.stdin.once('end', () => process.exit());
// Whoever is ended by force keeps nothing for the next one.
flushCompileCache();
process.stdout.write('ready\n');
