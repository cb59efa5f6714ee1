import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadFile } from '../../../node-core/agents/local/download/download-file.ts';
import type { DownloadMeans, DownloadOrder } from '../../../node-core/agents/local/download/download-order.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { failureOf } from '../../builders/failure.ts';
import { fileServer, integrityOf } from '../../builders/file-server.ts';
import { closedPort } from '../../builders/model-server.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { selfSigned } from '../../doubles/model-server/self-signed.ts';

const content = randomBytes(50_000);

interface Proxy {
  readonly url: URL;
  readonly asked: string[];
}

/** A proxy that passes on to `port` whatever host is asked for. @param status what it answers instead */
async function proxyTo(port: number, status = 200): Promise<Proxy> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    if (status !== 200) return void response.writeHead(status).end();
    const { pathname } = new URL(request.url ?? '');
    http.get({ host: '127.0.0.1', port, path: pathname }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} no\r\n\r\n`);
    const far = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 ok\r\n\r\n');
      socket.pipe(far).pipe(socket);
    });
    const end = (): void => {
      far.destroy();
      socket.destroy();
    };
    for (const each of [far, socket]) each.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked };
}

async function secureServer(): Promise<number> {
  const server = https.createServer(selfSigned, (_, response) => {
    response.writeHead(200, { 'content-length': String(content.length) }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const means = (proxy: URL, trustAll = false): DownloadMeans => ({
  clock: { ...systemClock, after: (ms, action) => systemClock.after(ms < 10_000 ? 0 : ms, action) },
  random: () => 0,
  proxyFor: () => proxy,
  spareBytes: 0,
  ...(trustAll ? { trust: { accepts: () => true } } : {}),
});

const orderOf = (url: string): DownloadOrder => ({
  url: new URL(url),
  mayBePlain: true,
  to: path.join(tempFolder(), 'model.gguf'),
  expected: { size: { kind: 'exact', bytes: content.length }, integrity: integrityOf(content) },
  signal: new AbortController().signal,
});

describe('a download through a proxy', () => {
  it('asks for the whole address where it is plain', async () => {
    const server = await fileServer(content);
    const proxy = await proxyTo(Number(new URL(server.url).port));
    const order = orderOf('http://mirror.example/model.gguf');
    await downloadFile(order, means(proxy.url));
    expect(proxy.asked).toEqual(['GET http://mirror.example/model.gguf -']);
    expect(server.requests).toHaveLength(1);
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
  });

  it.each([
    ['p%40ss', 'p@ss'],
    ['100%', '100%'],
  ])('goes through a tunnel where it is safe, and shows the proxy alone who it is (%s)', async (written, meant) => {
    const proxy = await proxyTo(await secureServer());
    const order = orderOf('https://hub.example/model.gguf');
    const withName = new URL(`http://me:${written}@${proxy.url.host}`);
    await downloadFile(order, means(withName, true));
    expect(proxy.asked).toEqual([`CONNECT hub.example:443 Basic ${Buffer.from(`me:${meant}`).toString('base64')}`]);
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
  });

  it('judges the certificate behind the tunnel', async () => {
    const proxy = await proxyTo(await secureServer());
    expect(await failureOf(downloadFile(orderOf('https://hub.example/x'), means(proxy.url)))).toMatchObject({
      cause: 'certificate',
      host: 'hub.example',
    });
  });

  it.each([407, 502])('says that the proxy refused (%i)', async (status) => {
    const proxy = await proxyTo(1, status);
    const failure = await failureOf(downloadFile(orderOf('https://hub.example/x'), means(proxy.url)));
    expect(failure).toEqual({ kind: 'download-failed', host: proxy.url.host, cause: 'proxy', detail: String(status) });
  });

  it('says that the proxy does not answer', async () => {
    const nobody = new URL(`http://127.0.0.1:${await closedPort()}`);
    const failure = await failureOf(downloadFile(orderOf('https://hub.example/x'), means(nobody)));
    expect(failure).toMatchObject({ cause: 'proxy', host: nobody.host, detail: 'ECONNREFUSED' });
  });
});
