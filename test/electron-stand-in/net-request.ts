import { EventEmitter } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { ClientRequest, ClientRequestConstructorOptions } from 'electron';
import { isHere } from './loopback.ts';
import { classStandsFor, type Members } from './stands-for.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/** Electron's request over Node's: another order of events where a server sends elsewhere. This machine only. */
export class StandInRequest extends EventEmitter implements Members<ClientRequest> {
  chunkedEncoding = false;
  readonly #options: ClientRequestConstructorOptions;
  readonly #headers = new Map<string, string>();
  readonly #body: Buffer[] = [];
  #url: URL;
  #request: http.ClientRequest | null = null;
  #mayFollow = false;
  #isOver = false;

  constructor(given: ClientRequestConstructorOptions | string) {
    super();
    this.#options = typeof given === 'string' ? { url: given } : given;
    this.#url = addressOf(this.#options);
    for (const [name, value] of Object.entries(this.#options.headers ?? {})) this.setHeader(name, String(value));
  }

  setHeader(name: string, value: string): void {
    this.#headers.set(name.toLowerCase(), value);
  }

  getHeader(name: string): string {
    return this.#headers.get(name.toLowerCase()) ?? '';
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  write(chunk: string | Buffer): void {
    this.#body.push(Buffer.from(chunk));
  }

  end(chunk?: string | Buffer): this {
    if (chunk !== undefined) this.write(chunk);
    setImmediate(() => this.#start());
    return this;
  }

  followRedirect(): void {
    this.#mayFollow = true;
  }

  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#request?.destroy();
    this.emit('abort');
    this.emit('close');
  }

  getUploadProgress(): Electron.UploadProgress {
    return { active: false, started: this.#request !== null, current: 0, total: 0 };
  }

  #start(): void {
    if (this.#isOver) return;
    if (!isHere(this.#url)) {
      this.#fail(new Error('net::ERR_NAME_NOT_RESOLVED'));
      return;
    }
    const { method = 'GET' } = this.#options;
    const send = this.#url.protocol === 'https:' ? https.request : http.request;
    const request = send(this.#url, { method, headers: Object.fromEntries(this.#headers), agent: false });
    this.#request = request;
    request.once('response', (response) => this.#answered(response));
    request.once('error', (error) => this.#fail(error));
    request.end(Buffer.concat(this.#body));
  }

  #answered(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    if (headers.location === undefined || !redirects.has(statusCode)) {
      response.once('close', () => this.#close());
      this.emit('response', response);
      return;
    }
    response.resume();
    this.#redirect(statusCode, new URL(headers.location, this.#url));
  }

  /** `manual` needs an answer while the event is told; `follow` goes on unless somebody aborts. */
  #redirect(statusCode: number, to: URL): void {
    const { redirect = 'follow', method = 'GET' } = this.#options;
    this.#mayFollow = redirect === 'follow';
    this.emit('redirect', statusCode, method, to.href, {});
    if (this.#isOver) return;
    if (!this.#mayFollow || redirect === 'error') {
      this.#fail(new Error(redirect === 'error' ? 'net::ERR_UNEXPECTED_REDIRECT' : 'Redirect was cancelled'));
      return;
    }
    this.#url = to;
    this.#start();
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.emit('error', error);
    this.#close();
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.emit('close');
  }
}
classStandsFor('ClientRequest', StandInRequest);

function addressOf({
  url,
  protocol = 'http:',
  hostname,
  host,
  port,
  path = '/',
}: ClientRequestConstructorOptions): URL {
  if (url !== undefined) return new URL(url);
  const named = hostname ?? host ?? '127.0.0.1';
  return new URL(path, `${protocol}//${port ? `${named}:${port}` : named}`);
}
