import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one answer of a file server does, besides giving the file. */
export interface FileAnswer {
  readonly status?: number;
  readonly location?: string;
  /** Says that the body is packed in this way. */
  readonly encoding?: string;
  /** Ends the connection after so many bytes of the body. */
  readonly cutAfter?: number;
  /** Sends so many bytes of the body, then nothing. */
  readonly stallAfter?: number;
  /** Sends the body at this pace. */
  readonly bytesPerSecond?: number;
}

/** A server of one file, and what it was asked. */
export interface FileServer {
  readonly url: string;
  /** What is served; may be replaced while it runs. */
  file: { content: Buffer; etag: string | null; lastModified: string | null };
  hasRanges: boolean;
  readonly requests: { readonly url: string; readonly range: string | null; readonly ifRange: string | null }[];
  /** Connections that are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** Serves `content` on 127.0.0.1 until it is closed. @param answer what the request with this number (from 0) gets */
export async function startFileServer(
  content: Buffer,
  answer: (request: number) => FileAnswer = () => ({}),
): Promise<FileServer> {
  const requests: FileServer['requests'][number][] = [];
  const file: FileServer['file'] = { content, etag: '"one"', lastModified: null };
  const server = http.createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    requests.push({
      url: request.url ?? '',
      range: range ?? null,
      ifRange: typeof ifRange === 'string' ? ifRange : null,
    });
    give(request, response, { served, how: answer(requests.length - 1) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const served: FileServer = {
    url: `http://127.0.0.1:${port}/model.gguf`,
    file,
    hasRanges: true,
    requests,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return served;
}

interface Giving {
  readonly served: FileServer;
  readonly how: FileAnswer;
}

function give(request: http.IncomingMessage, response: http.ServerResponse, { served, how }: Giving): void {
  const { content, etag, lastModified } = served.file;
  if (how.status !== undefined) {
    response.writeHead(how.status, how.location === undefined ? {} : { location: how.location }).end('no');
    return;
  }
  const from = firstByte(request, served);
  const isPart = from !== null && from < content.length;
  if (from !== null && !isPart) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const body = content.subarray(from ?? 0);
  response.writeHead(isPart ? 206 : 200, {
    'content-length': String(body.length),
    ...(etag === null ? {} : { etag }),
    ...(how.encoding === undefined ? {} : { 'content-encoding': how.encoding }),
    ...(lastModified === null ? {} : { 'last-modified': lastModified }),
    ...(isPart ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
  });
  sendBody(response, body, how);
}

function firstByte(request: http.IncomingMessage, { file, hasRanges }: FileServer): number | null {
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const wish = request.headers['if-range'];
  if (from === undefined || !hasRanges) return null;
  return wish === undefined || wish === file.etag || wish === file.lastModified ? Number(from) : null;
}

function sendBody(
  response: http.ServerResponse,
  body: Buffer,
  { cutAfter, stallAfter, bytesPerSecond }: FileAnswer,
): void {
  if (cutAfter !== undefined) response.write(body.subarray(0, cutAfter), () => response.destroy());
  else if (stallAfter !== undefined) response.write(body.subarray(0, stallAfter));
  else if (bytesPerSecond !== undefined) sendSlowly(response, body, bytesPerSecond);
  else response.end(body);
}

function sendSlowly(response: http.ServerResponse, body: Buffer, bytesPerSecond: number): void {
  let sent = 0;
  const piece = Math.max(1, Math.floor(bytesPerSecond / 50));
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + piece));
    sent += piece;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, 20);
  response.on('close', () => clearInterval(timer));
}
