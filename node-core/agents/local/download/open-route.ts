import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import {
  connectTimeoutMs,
  hostNameOf,
  openTcp,
  openTls,
  portOf,
  type TlsTrust,
} from '../../../platform/open-socket.ts';
import { downloadFailed, transferFailure } from './download-failures.ts';
import type { DownloadMeans } from './download-order.ts';

/** A connection on which a file can be asked for. */
interface Route {
  readonly socket: Socket;
  /** What stands in the first line of the request: a path, or the whole address where a proxy reads it. */
  readonly target: string;
  /** What only the proxy is to know. */
  readonly headers: Readonly<Record<string, string>>;
}

const knownAuthorities: TlsTrust = { accepts: (_, isAuthorised) => isAuthorised };

/**
 * Connects to the host of `url`, through a proxy where one is named: https by CONNECT, so that the proxy sees nothing of it.
 * Rejects with a `download-failed` or the signal's reason.
 */
export async function openRoute(url: URL, means: DownloadMeans, signal: AbortSignal): Promise<Route> {
  const proxy = means.proxyFor(url);
  const path = `${url.pathname}${url.search}`;
  if (proxy === null) return { socket: await openDirect(url, means, signal), target: path, headers: {} };
  const headers = proxyHeaders(proxy);
  const toProxy = await openToProxy(proxy, means, signal);
  if (url.protocol === 'http:') return { socket: toProxy, target: url.href, headers };
  await connectThrough(toProxy, { url, proxy, headers }, means);
  return { socket: await secured(toProxy, url, means), target: path, headers: {} };
}

async function openDirect(url: URL, means: DownloadMeans, signal: AbortSignal): Promise<Socket> {
  try {
    const socket = await openTcp(url, means.clock, signal);
    return url.protocol === 'https:' ? await secured(socket, url, means) : socket;
  } catch (error) {
    throw transferFailure(error, url.host);
  }
}

async function secured(socket: Socket, url: URL, { trust, clock }: DownloadMeans): Promise<Socket> {
  try {
    return await openTls(socket, url, trust ?? knownAuthorities, clock);
  } catch (error) {
    socket.destroy();
    throw transferFailure(error, url.host);
  }
}

async function openToProxy(proxy: URL, means: DownloadMeans, signal: AbortSignal): Promise<Socket> {
  try {
    const socket = await openTcp(proxy, means.clock, signal);
    return proxy.protocol === 'https:' ? await secured(socket, proxy, means) : socket;
  } catch (error) {
    const { failure } = transferFailure(error, proxy.host);
    const why = failure.kind === 'download-failed' ? failure.detail || failure.cause : failure.kind;
    throw downloadFailed(proxy.host, 'proxy', why, error);
  }
}

interface Passage {
  readonly url: URL;
  readonly proxy: URL;
  readonly headers: Readonly<Record<string, string>>;
}

async function connectThrough(socket: Socket, { url, proxy, headers }: Passage, means: DownloadMeans): Promise<void> {
  const timer = means.clock.after(connectTimeoutMs, () => socket.destroy(new Error('silent')));
  const name = hostNameOf(url);
  const authority = `${name.includes(':') ? `[${name}]` : name}:${portOf(url)}`;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Imported as a module it would bring Node's whole fetch along, which costs a start 80 ms.
  const asking = process.getBuiltinModule('node:http').request({
    createConnection: () => socket,
    method: 'CONNECT',
    path: authority,
    headers: { ...headers, host: authority },
  });
  asking.once('connect', resolve).once('response', resolve).on('error', reject).end();
  try {
    const { statusCode } = await promise;
    if (statusCode === undefined || statusCode < 200 || statusCode > 299) throw new Error(String(statusCode));
  } catch (error) {
    socket.destroy();
    throw downloadFailed(proxy.host, 'proxy', error instanceof Error ? error.message : '', error);
  } finally {
    timer.cancel();
  }
}

function proxyHeaders(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === '') return {};
  const pair = `${plainly(proxy.username)}:${plainly(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A password may hold a per cent sign that nobody has written as `%25`. */
function plainly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
