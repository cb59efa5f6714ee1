import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadFile } from '../../../node-core/agents/local/download/download-file.ts';
import { discardPart, partBytes } from '../../../node-core/agents/local/download/part-record.ts';
import { content, filesAt, halfWay, kinds, means, orderOf, startOf } from '../../builders/download-order.ts';
import { failureOf } from '../../builders/failure.ts';
import { fileServer, integrityOf } from '../../builders/file-server.ts';
import { createFakeClock } from '../../doubles/clock.ts';

describe('downloadFile', () => {
  it('puts a whole file in its place and nothing beside it', async () => {
    const server = await fileServer(content);
    const { order, steps } = orderOf(server.url);
    await downloadFile(order, means);
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
    expect(filesAt(order)).toEqual(['model.gguf']);
    expect(steps.at(-1)).toEqual({ kind: 'receiving', receivedBytes: content.length, totalBytes: content.length });
    expect(server.requests).toEqual([{ url: '/model.gguf', range: null, ifRange: null }]);
  });

  it('takes a size that is only bounded, and the digest of a package', async () => {
    const server = await fileServer(content);
    const expected = {
      size: { kind: 'at-most' as const, bytes: 3_000_000 },
      integrity: integrityOf(content, 'sha512'),
    };
    const { order } = orderOf(server.url, { expected });
    await downloadFile(order, means);
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
    const small = orderOf(server.url, { expected: { ...expected, size: { kind: 'at-most', bytes: 1000 } } });
    expect(await failureOf(downloadFile(small.order, means))).toMatchObject({ cause: 'wrong-size' });
  });

  it('goes on after a cut where it was cut, and asks that the file be the same', async () => {
    const server = await fileServer(content, (request) => (request < 2 ? { cutAfter: 900_000 } : {}));
    const { order, steps } = orderOf(server.url);
    await downloadFile(order, means);
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
    const starts = server.requests.map(({ range }) => startOf(range));
    expect(starts).toHaveLength(3);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts[1]).toBeGreaterThan(0);
    expect(server.requests.map(({ ifRange }) => ifRange)).toEqual([null, '"one"', '"one"']);
    expect(kinds(steps)).toContain('waiting');
  });

  it('gives up when tries in a row bring nothing, and keeps what has arrived', async () => {
    const server = await fileServer(content, (request) => ({ cutAfter: request === 0 ? 900_000 : 0 }));
    const { order } = orderOf(server.url);
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ kind: 'download-failed', cause: 'cut' });
    expect(server.requests).toHaveLength(6);
    expect(await partBytes(order.to)).toBe(startOf(server.requests[5]?.range ?? null));
    expect(await partBytes(order.to)).toBeGreaterThan(0);
    expect(fs.existsSync(order.to)).toBe(false);
  });

  it('goes on in the next run, reading what it has', async () => {
    const server = await fileServer(content, (request) => (request === 0 ? { stallAfter: 60_000 } : {}));
    const first = orderOf(server.url);
    await halfWay(first);
    const kept = await partBytes(first.order.to);
    expect(kept).toBeGreaterThanOrEqual(50_000);
    expect(fs.existsSync(first.order.to)).toBe(false);
    const second = orderOf(server.url, { to: first.order.to });
    await downloadFile(second.order, means);
    expect(kinds(second.steps)).toEqual(['checking', 'receiving']);
    expect(server.requests[1]).toEqual({ url: '/model.gguf', range: `bytes=${kept}-`, ifRange: '"one"' });
    expect(fs.readFileSync(first.order.to).equals(content)).toBe(true);
    expect(filesAt(first.order)).toEqual(['model.gguf']);
  });

  it('starts over and says so when the file was changed meanwhile', async () => {
    const server = await fileServer(randomBytes(content.length), (request) =>
      request === 0 ? { stallAfter: 60_000 } : {},
    );
    const first = orderOf(server.url);
    await halfWay(first);
    server.file = { content, etag: '"two"', lastModified: null };
    const second = orderOf(server.url, { to: first.order.to });
    await downloadFile(second.order, means);
    expect(second.steps).toContainEqual({ kind: 'started-over', why: 'changed' });
    expect(fs.readFileSync(first.order.to).equals(content)).toBe(true);
  });

  it('starts over where the server cannot go on in the middle', async () => {
    const server = await fileServer(content, (request) => (request === 0 ? { cutAfter: 900_000 } : {}));
    server.hasRanges = false;
    const { order, steps } = orderOf(server.url);
    await downloadFile(order, means);
    expect(steps).toContainEqual({ kind: 'started-over', why: 'no-ranges' });
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
  });

  it('goes on by the date of the last change where there is no strong tag', async () => {
    const server = await fileServer(content, (request) => (request === 0 ? { cutAfter: 900_000 } : {}));
    server.file = { content, etag: 'W/"weak"', lastModified: 'Wed, 21 Oct 2015 07:28:00 GMT' };
    const { order } = orderOf(server.url);
    await downloadFile(order, means);
    expect(server.requests[1]?.ifRange).toBe('Wed, 21 Oct 2015 07:28:00 GMT');
  });

  it('loads anew, once, what a power cut has damaged', async () => {
    const server = await fileServer(content, (request) => (request === 0 ? { stallAfter: 60_000 } : {}));
    const first = orderOf(server.url);
    await halfWay(first);
    const part = `${first.order.to}.part`;
    fs.writeFileSync(part, Buffer.alloc(fs.statSync(part).size));
    const second = orderOf(server.url, { to: first.order.to });
    await downloadFile(second.order, means);
    expect(second.steps).toContainEqual({ kind: 'started-over', why: 'damaged' });
    expect(fs.readFileSync(first.order.to).equals(content)).toBe(true);
  });

  it('keeps nothing of a file with a wrong checksum, nor touches the one that is there', async () => {
    const server = await fileServer(randomBytes(content.length));
    const { order } = orderOf(server.url);
    fs.mkdirSync(path.dirname(order.to), { recursive: true });
    fs.writeFileSync(order.to, 'the old one');
    expect(await failureOf(downloadFile(order, means))).toMatchObject({ cause: 'wrong-checksum' });
    expect(filesAt(order)).toEqual(['model.gguf']);
    expect(fs.readFileSync(order.to, 'utf8')).toBe('the old one');
  });

  it('ends the wait when nothing comes for 60 s', async () => {
    const server = await fileServer(content, (request) => (request === 0 ? { stallAfter: 50_000 } : {}));
    const clock = createFakeClock(0);
    const { order, steps } = orderOf(server.url);
    const work = downloadFile(order, { ...means, clock });
    while (!steps.some((step) => step.kind === 'receiving' && step.receivedBytes === 50_000)) await clock.advance(0);
    await clock.advance(59_000);
    expect(kinds(steps)).not.toContain('waiting');
    await clock.advance(1_500);
    expect(kinds(steps)).toContain('waiting');
    await clock.advance(5_000);
    await work;
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
  });

  it('closes the connection at once when it is paused', async () => {
    const server = await fileServer(content, () => ({ stallAfter: 60_000 }));
    await halfWay(orderOf(server.url));
    await expect.poll(() => server.connections()).toBe(0);
  });

  it.each(['the host', 'a proxy'])(
    'is paused at once though %s has not answered yet',
    async (silent) => {
      const server = net.createServer().listen(0, '127.0.0.1');
      onTestFinished(() => void server.close());
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const isProxy = silent === 'a proxy';
      const { order, stop } = orderOf(isProxy ? 'https://models.example/x.gguf' : `http://127.0.0.1:${port}/x.gguf`);
      const proxyFor = (): URL | null => (isProxy ? new URL(`http://127.0.0.1:${port}`) : null);
      const work = downloadFile(order, { ...means, proxyFor });
      const paused = expect(work).rejects.toThrow('paused');
      const [socket]: net.Socket[] = await once(server, 'connection');
      await once(socket ?? server, 'data');
      const closed = once(socket ?? server, 'close');
      stop.abort(new Error('paused'));
      await paused;
      await closed;
    },
    5_000,
  );

  it.each([true, false])(
    'keeps what has arrived when something else is in its place (with ranges: %s)',
    async (hasRanges) => {
      const server = await fileServer(content, () => ({ stallAfter: 60_000 }));
      const ordered = orderOf(server.url);
      await halfWay(ordered);
      const other = await fileServer(Buffer.from('<p>Please log in.</p>'));
      other.hasRanges = hasRanges;
      const strayed = orderOf(other.url, { to: ordered.order.to });
      expect(await failureOf(downloadFile(strayed.order, means))).toMatchObject({ cause: 'wrong-size' });
      expect(filesAt(ordered.order)).toEqual(['model.gguf.part', 'model.gguf.part.json']);
      const whole = await fileServer(content);
      await downloadFile(orderOf(whole.url, { to: ordered.order.to }).order, means);
      expect(whole.requests.map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=[1-9]/)]);
    },
  );

  it('says what is needed and free before it begins', async () => {
    const server = await fileServer(content);
    const { order } = orderOf(server.url);
    const disk = { openPart: (file: string) => nodeFiles.open(file, 'w+'), freeBytes: async () => 300_000 };
    const failure = await failureOf(downloadFile(order, { ...means, disk, spareBytes: 1000 }));
    expect(failure).toMatchObject({ kind: 'no-space', neededBytes: 2_001_000, freeBytes: 300_000 });
    expect(server.requests).toEqual([]);
  });

  it('keeps what has arrived when the disk fills up, and goes on when there is room', async () => {
    const server = await fileServer(content);
    const { order } = orderOf(server.url);
    let isFull = true;
    const openPart = async (file: string): Promise<nodeFiles.FileHandle> => {
      const handle = await nodeFiles.open(file, fs.constants.O_RDWR | fs.constants.O_CREAT);
      const write = handle.write.bind(handle) as (...values: unknown[]) => Promise<unknown>;
      const limited = async (...values: unknown[]): Promise<unknown> => {
        if (isFull && Number(values[3]) > 100_000) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return write(...values);
      };
      return Object.assign(handle, { write: limited });
    };
    const disk = { openPart, freeBytes: async () => 1e9 };
    expect(await failureOf(downloadFile(order, { ...means, disk }))).toMatchObject({ kind: 'no-space' });
    expect(fs.existsSync(order.to)).toBe(false);
    expect(await partBytes(order.to)).toBeGreaterThan(100_000);
    isFull = false;
    await downloadFile(order, { ...means, disk });
    expect(fs.readFileSync(order.to).equals(content)).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  it('forgets what was meant for another file, and a download that is given up', async () => {
    const server = await fileServer(content, () => ({ stallAfter: 60_000 }));
    const ordered = orderOf(server.url);
    await halfWay(ordered);
    await discardPart(ordered.order.to);
    expect(filesAt(ordered.order)).toEqual([]);
    const again = orderOf(server.url, { to: ordered.order.to });
    await halfWay(again);
    const other = randomBytes(1000);
    const otherServer = await fileServer(other);
    const expected = { size: { kind: 'exact' as const, bytes: 1000 }, integrity: integrityOf(other) };
    await downloadFile(orderOf(otherServer.url, { to: ordered.order.to, expected }).order, means);
    expect(otherServer.requests[0]?.range).toBeNull();
    expect(fs.readFileSync(ordered.order.to).equals(other)).toBe(true);
  });
});
