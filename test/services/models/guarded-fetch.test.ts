import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createGuardedFetch } from '../../../node-core/agents/models/guarded-fetch.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { connectTimeoutMs } from '../../../node-core/platform/open-socket.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { Clock } from '../../../node-core/protocol/ports/clock.ts';
import { fingerprintOf } from '../../builders/certificate.ts';
import { closedPort, httpListener, modelServer, tcpListener } from '../../builders/model-server.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { otherSelfSigned, selfSigned } from '../../doubles/model-server/self-signed.ts';

interface Target {
  readonly url: string;
  readonly trusted?: string;
  readonly clock?: Clock;
}

const post = ({ url, trusted, clock }: Target, to = url): Promise<Response> => {
  const endpoint = { url: new URL(url), trustedCertificate: trusted ?? null };
  return createGuardedFetch({ endpoint, clock: clock ?? systemClock, key: null, model: 'm', permit: () => undefined })(
    to,
    {
      method: 'POST',
      body: '{}',
    },
  );
};

const failureOfPost = (target: Target): Promise<unknown> =>
  post(target).then(
    () => null,
    (error: unknown) => failureOf(error),
  );

describe('createGuardedFetch', () => {
  it('reaches its own origin and no other', async () => {
    const server = await modelServer();
    const other = await modelServer();
    await expect(post({ url: `${server.url}/v1` }, `${other.url}/v1/chat/completions`)).rejects.toThrow(
      'left its own address',
    );
    expect(other.requests).toHaveLength(0);
  });

  it('follows no redirect', async () => {
    const other = await modelServer();
    const mover = await httpListener((_, response) => response.writeHead(307, { location: `${other.url}/v1` }).end());
    expect(await failureOfPost({ url: mover.url })).toMatchObject({ kind: 'model-error', status: 307 });
    expect(other.requests).toHaveLength(0);
  });

  it.each([
    ['nobody listens', async () => `http://127.0.0.1:${await closedPort()}`, 'refused'],
    ['there is no such name', async () => `http://${'a'.repeat(64)}.test`, 'dns'],
    ['the certificate is not trusted', async () => (await modelServer({ tls: selfSigned })).url, 'tls'],
    ['it is not TLS', async () => (await modelServer()).url.replace('http:', 'https:'), 'tls'],
  ])('says so when %s', async (_what, url, cause) => {
    expect(await failureOfPost({ url: await url() })).toMatchObject({ kind: 'model-unreachable', cause });
  });

  it('sends nothing to a server whose certificate it does not trust', async () => {
    const server = await modelServer({ tls: otherSelfSigned });
    const trusted = fingerprintOf(selfSigned.cert);
    expect(await failureOfPost({ url: server.url, trusted })).toMatchObject({
      kind: 'model-unreachable',
      cause: 'tls',
    });
    expect(server.requests).toHaveLength(0);
  });

  it('accepts exactly the certificate that the person trusts', async () => {
    const server = await modelServer({ tls: selfSigned });
    const response = await post(
      { url: server.url, trusted: fingerprintOf(selfSigned.cert) },
      `${server.url}/v1/chat/completions`,
    ).catch((error: unknown) => failureOf(error));
    expect(response).toMatchObject({ kind: 'model-unknown' });
    expect(server.requests).toHaveLength(1);
  });

  it('gives up a handshake that nobody answers', async () => {
    const clock = createFakeClock(0);
    const accepted = Promise.withResolvers<void>();
    const mute = await tcpListener((socket) => void once(socket, 'data').then(() => accepted.resolve()));
    const failing = failureOfPost({ url: mute.url.replace('http:', 'https:'), clock });
    await accepted.promise;
    await clock.advance(connectTimeoutMs);
    expect(await failing).toMatchObject({ kind: 'model-unreachable', cause: 'timeout' });
  });

  it('names the host and never a key', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    expect(await failureOfPost({ url })).toMatchObject({ host: new URL(url).host });
  });

  it('reads no more of a refusal than it needs', async () => {
    let sentBytes = 0;
    const chatterbox = await httpListener((_, response) => {
      response.writeHead(500);
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sentBytes += 65_536;
      };
      response.on('drain', write);
      write();
    });
    expect(await failureOfPost({ url: chatterbox.url })).toMatchObject({ kind: 'model-error', status: 500 });
    expect(sentBytes).toBeLessThan(50_000_000);
  });
});
