import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { anthropicWire } from './anthropic-wire.ts';
import { geminiWire } from './gemini-wire.ts';
import { openAiWire } from './openai-wire.ts';
import { createPlay, type PlayName, playNames } from './play.ts';
import { refuses, type Script } from './reply.ts';
import { type Exchange, sendReply } from './send-reply.ts';
import { asObject, type Wire } from './wire.ts';

/** How a model server of the tests is to be. */
export interface ModelServerOptions {
  /** 0 (default): any free one. */
  readonly port?: number;
  /** Models it lists. A prompt to another one is refused with 404. Default: `test-model`, `test-model-vision`. */
  readonly models?: readonly string[];
  /** Tokens per second; `null` (default): as fast as can be. */
  readonly rate?: number | null;
  /** What it does when the prompt does not say `play:<name>`; default `answer`. */
  readonly play?: PlayName;
  /** The one key it accepts; `null` (default): none is needed. */
  readonly key?: string | null;
  /** Serves TLS with this certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** One request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; `null` without a body. */
  readonly body: unknown;
  /** ms since the epoch at which the client closed the connection before the answer was whole, else `null`. */
  readonly closedByClientAt: number | null;
  /** Resolves when the exchange is over; `true`: the client closed it before the answer was whole. */
  readonly over: Promise<boolean>;
}

/** A model server on 127.0.0.1 that speaks OpenAI's, Anthropic's and Google's wire formats. */
export interface ModelServer {
  /** `http://127.0.0.1:port`: OpenAI and Anthropic under `/v1`, Gemini under `/v1beta`. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Prompts among them. */
  prompts(): readonly RecordedRequest[];
  /** Replies to the next prompts by `decide`; `null` brings the built-in play back. */
  script(decide: Script | null): void;
  /** Resolves at the next prompt that arrives. */
  nextPrompt(): Promise<RecordedRequest>;
  /** Closes the listener and every connection. */
  stop(): Promise<void>;
}

const defaultModels = ['test-model', 'test-model-vision'];

const isPromptPath = (path: string): boolean =>
  path === '/v1/chat/completions' ||
  path === '/v1/messages' ||
  /^\/v1beta\/models\/.+:streamGenerateContent/.test(path);

const wireOf = (path: string, headers: IncomingHttpHeaders): Wire => {
  if (path.startsWith('/v1beta/')) return geminiWire;
  return path === '/v1/messages' || headers['anthropic-version'] !== undefined ? anthropicWire : openAiWire;
};

const keyOf = (headers: IncomingHttpHeaders): string | null => {
  const own = headers['x-api-key'] ?? headers['x-goog-api-key'];
  return (typeof own === 'string' ? own : headers.authorization?.replace(/^Bearer /, '')) ?? null;
};

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
};

interface Recording {
  readonly entry: RecordedRequest;
  readonly isPrompt: boolean;
}

class Recorder {
  readonly all: Recording[] = [];
  readonly #waiting: ((entry: RecordedRequest) => void)[] = [];

  async record(request: IncomingMessage, response: ServerResponse): Promise<Exchange & { entry: RecordedRequest }> {
    const path = request.url ?? '/';
    const { promise: over, resolve } = Promise.withResolvers<boolean>();
    let closedByClientAt: number | null = null;
    let isOurDoing = false;
    response.on('close', () => {
      if (!response.writableFinished && !isOurDoing) closedByClientAt = Date.now();
      resolve(closedByClientAt !== null);
    });
    const entry: RecordedRequest = {
      method: request.method ?? '',
      path,
      headers: request.headers,
      body: await readBody(request),
      get closedByClientAt() {
        return closedByClientAt;
      },
      over,
    };
    const isPrompt = isPromptPath(path);
    this.all.push({ entry, isPrompt });
    if (isPrompt) for (const tell of this.#waiting.splice(0)) tell(entry);
    const { socket } = request;
    const breakOff = (): void => {
      isOurDoing = true;
      socket.destroy();
    };
    return { entry, response, breakOff };
  }

  next(): Promise<RecordedRequest> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

/** Starts a model server; deterministic but for its port. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const models = options.models ?? defaultModels;
  const play = createPlay(options.play ?? 'answer', options.rate ?? null);
  const recorder = new Recorder();
  let decide: Script = play;

  const answerPrompt = async (wire: Wire, exchange: Exchange & { entry: RecordedRequest }): Promise<void> => {
    const { body, path } = exchange.entry;
    const prompt = wire.prompt(asObject(body), path);
    const isKnown = models.includes(prompt.model);
    const unknown = refuses(404, `model "${prompt.model}" not found`, { code: 'model_not_found' });
    await sendReply(exchange, wire, prompt.model, isKnown ? await decide(prompt) : unknown);
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = await recorder.record(request, response);
    const { path, headers, method } = exchange.entry;
    const wire = wireOf(path, headers);
    const [place = ''] = path.split('?');
    if (options.key && keyOf(headers) !== options.key) {
      return sendJson(response, 401, wire.error(401, 'Incorrect API key provided.', 'invalid_api_key'));
    }
    if (method === 'POST' && isPromptPath(path)) return answerPrompt(wire, exchange);
    if (place === '/v1/models' || place === '/v1beta/models') return sendJson(response, 200, wire.models(models));
    return sendJson(response, 404, { error: { message: `Nothing at ${place}`, code: null } });
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('error', () => undefined);
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };

  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    get requests() {
      return recorder.all.map((recording) => recording.entry);
    },
    prompts: () => recorder.all.filter((recording) => recording.isPrompt).map((recording) => recording.entry),
    script: (next) => {
      decide = next ?? play;
    },
    nextPrompt: () => recorder.next(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function runByHand(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '8080' }, rate: { type: 'string' }, play: { type: 'string' } },
  });
  const play = playNames.find((name) => name === values.play);
  const rate = values.rate === undefined ? 30 : Number(values.rate);
  const server = await startModelServer({ port: Number(values.port), rate, ...(play ? { play } : {}) });
  process.stdout.write(`${server.url}/v1 answers, models ${defaultModels.join(', ')}; say play:<name> in a prompt: `);
  process.stdout.write(`${playNames.join(' ')}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await runByHand();
