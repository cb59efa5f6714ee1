import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reply } from './reply.ts';
import type { StreamEncoder, Wire } from './wire.ts';

type StreamReply = Extract<Reply, { kind: 'stream' }>;

const chunkBytes = 1024 * 1024;

/** Writes and waits until the socket can take more; `false` once the far end is gone. */
async function push(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (text === '' || response.write(text)) return true;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
  return !response.destroyed;
}

/** The response to one prompt, and the means to tear its connection down on our side. */
export interface Exchange {
  readonly response: ServerResponse;
  breakOff(): void;
}

async function sendStream(exchange: Exchange, wire: Wire, model: string, reply: StreamReply): Promise<void> {
  const { response } = exchange;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const encoder = wire.encoder(model);
  if (!(await push(response, encoder.begin()))) return;
  const startedAt = performance.now();
  for (const [index, piece] of reply.pieces.entries()) {
    const dueInMs = reply.rate === null ? 0 : startedAt + ((index + 1) * 1000) / reply.rate - performance.now();
    if (dueInMs > 0) await wait(dueInMs);
    if (!(await push(response, encoder.piece(piece)))) return;
  }
  endStream(exchange, encoder, reply.ending);
}

function endStream(exchange: Exchange, encoder: StreamEncoder, ending: StreamReply['ending']): void {
  const { response } = exchange;
  switch (ending) {
    case 'finish':
    case 'length':
      response.end(encoder.end(ending));
      break;
    case 'no-done':
      response.end();
      break;
    case 'cut':
      // Once what was written has left.
      response.write('', () => exchange.breakOff());
      break;
    case 'stall':
      break;
  }
}

async function sendLongLine(response: ServerResponse, sizeBytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const piece = 'a'.repeat(chunkBytes);
  if (!(await push(response, 'data: {"choices":[{"delta":{"content":"'))) return;
  for (let sent = 0; sent < sizeBytes; sent += chunkBytes) {
    if (!(await push(response, piece))) return;
  }
  response.end();
}

/** Answers one prompt as `reply` says. Resolves when nothing more will be written. */
export async function sendReply(exchange: Exchange, wire: Wire, model: string, reply: Reply): Promise<void> {
  const { response } = exchange;
  switch (reply.kind) {
    case 'stream':
      await sendStream(exchange, wire, model, reply);
      break;
    case 'refuse':
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(wire.error(reply.status, reply.message, reply.code)));
      break;
    case 'raw':
      response.writeHead(reply.status, { 'content-type': reply.contentType });
      response.end(reply.body);
      break;
    case 'long-line':
      await sendLongLine(response, reply.sizeBytes);
      break;
    case 'silence':
      break;
    case 'hang-up':
      exchange.breakOff();
      break;
  }
}
