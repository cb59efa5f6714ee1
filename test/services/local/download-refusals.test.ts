import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadFile } from '../../../node-core/agents/local/download/download-file.ts';
import { partBytes } from '../../../node-core/agents/local/download/part-record.ts';
import { content, filesAt, means, orderOf } from '../../builders/download-order.ts';
import { failureOf } from '../../builders/failure.ts';
import { fileServer } from '../../builders/file-server.ts';
import { closedPort, modelServer } from '../../builders/model-server.ts';
import { selfSigned } from '../../doubles/model-server/self-signed.ts';

describe('a download that is refused', () => {
  it('refuses a file of another size before it takes a byte', async () => {
    const server = await fileServer(content.subarray(0, 1000));
    const { order } = orderOf(server.url);
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ cause: 'wrong-size', detail: '1000' });
    expect(filesAt(order)).toEqual([]);
  });

  it('refuses what was packed on the way, and keeps what has arrived', async () => {
    const server = await fileServer(content, (request) =>
      request === 0 ? { cutAfter: 900_000 } : { encoding: 'gzip' },
    );
    const { order } = orderOf(server.url);
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ cause: 'wrong-size', detail: 'gzip' });
    expect(server.requests).toHaveLength(2);
    expect(await partBytes(order.to)).toBeGreaterThan(0);
  });

  it.each([
    [401, 'not-allowed', 1],
    [403, 'not-allowed', 1],
    [404, 'missing', 1],
    [410, 'missing', 1],
    [418, 'status', 1],
    [503, 'busy', 6],
  ])('ends with status %i in one sentence', async (status, cause, asked) => {
    const server = await fileServer(content, () => ({ status }));
    const { order } = orderOf(server.url);
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ cause, detail: String(status) });
    expect(server.requests).toHaveLength(asked);
    expect(filesAt(order)).toEqual([]);
  });

  it('says which folder cannot be used', async () => {
    const { order } = orderOf('http://127.0.0.1:9/x');
    fs.writeFileSync(path.dirname(order.to), 'a file');
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ kind: 'folder-unusable' });
  });

  it('says what keeps it from a host', async () => {
    const refused = orderOf(`http://127.0.0.1:${await closedPort()}/x`);
    expect(await failureOf(downloadFile(refused.order, means))).toMatchObject({ cause: 'refused' });
    const untrusted = orderOf(`${(await modelServer({ tls: selfSigned })).url}/x`);
    expect(await failureOf(downloadFile(untrusted.order, means))).toMatchObject({
      cause: 'certificate',
      detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  it('follows a few redirects and no circle', async () => {
    const other = await fileServer(content);
    const mover = await fileServer(content, () => ({ status: 302, location: other.url }));
    const { order } = orderOf(mover.url);
    await downloadFile(order, means);
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
    const circle = await fileServer(content, () => ({ status: 302, location: '/model.gguf' }));
    const round = orderOf(circle.url);
    expect(await failureOf(downloadFile(round.order, means))).toMatchObject({ cause: 'redirects' });
    expect(circle.requests).toHaveLength(6);
  });

  it.each([
    ['http over the net', 'http://models.example/x', false],
    ['another scheme', 'ftp://127.0.0.1/x', true],
  ])('asks nobody by %s', async (_what, url, mayBePlain) => {
    const { order } = orderOf(url, { mayBePlain });
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ cause: 'unsafe' });
  });

  it('is not led to another plain address', async () => {
    const mover = await fileServer(content, () => ({ status: 302, location: 'http://models.example/x' }));
    expect(await failureOf(downloadFile(orderOf(mover.url, { mayBePlain: true }).order, means))).toMatchObject({
      cause: 'unsafe',
      host: 'models.example',
    });
  });
});
