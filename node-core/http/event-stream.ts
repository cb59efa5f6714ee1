import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

/** Sends server-sent events at the pace of the one who reads them. */
export interface EventStream {
  send(value: object): Promise<void>;
  /** Sends OpenAI's last line and ends. */
  done(): void;
}

/** Takes the reply over; from here on it is ours to end. */
export function openEventStream(reply: FastifyReply, signal: AbortSignal): EventStream {
  reply.hijack();
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(200);
  reply.raw.flushHeaders();
  return {
    async send(value) {
      if (signal.aborted) return;
      const isFlowing = reply.raw.write(`data: ${JSON.stringify(value)}\n\n`);
      if (!isFlowing) await once(reply.raw, 'drain', { signal }).catch(() => undefined);
    },
    done: () => {
      reply.raw.end('data: [DONE]\n\n');
    },
  };
}
