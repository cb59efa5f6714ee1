import { once } from 'node:events';
import type http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ToolRefusal } from '../../../../node-core/agents/tools/tool.ts';
import { createFetchPage, maxTextChars } from '../../../../node-core/agents/web/fetch-page.ts';
import { maxPageBytes, pageSilenceMs } from '../../../../node-core/agents/web/get-page.ts';
import type { Reach } from '../../../../node-core/agents/web/page-connection.ts';
import { isPublicAddress } from '../../../../node-core/agents/web/public-address.ts';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import type { Clock } from '../../../../node-core/protocol/ports/clock.ts';
import { createRecordedNotes, planDeed, toolContext } from '../../../builders/deed-tool.ts';
import { closedPort, httpListener, tcpListener } from '../../../builders/model-server.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { selfSigned } from '../../../doubles/model-server/self-signed.ts';
import { createNearReckoner } from '../../../doubles/reckoner.ts';

/** The open network of these tests: every name of `names` is at its address, 127.0.0.1 counts as public. */
const reachOf = (names: Readonly<Record<string, readonly string[]>>): Reach & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (name) => {
      asked.push(name);
      const found = names[name];
      if (!found) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return found;
    },
    isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
  };
};

const atHome: Reach = reachOf({ 'site.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });

const toolWith = (reach: Reach = atHome, clock: Clock = systemClock) =>
  createFetchPage({ reach, clock, reckoner: createNearReckoner(), version: '1.2.3' });

const fetchWith = async (url: string, reach: Reach = atHome, more: object = {}): Promise<unknown> => {
  const { allow } = await planDeed(toolWith(reach), { url, ...more });
  return (await allow()).value;
};

const pageServer = async (answer: http.RequestListener) => {
  const { port } = await httpListener(answer);
  return `http://site.example:${port}`;
};

const html =
  (text: string): http.RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(text);
  };

test('the plan says exactly what will be asked for, and asks nobody', async () => {
  const reach = reachOf({});
  const { deed } = await planDeed(toolWith(reach), { url: 'HTTPS://Bücher.Example:8443/a b#c' });
  const host = 'xn--bcher-kva.example:8443';
  expect(deed).toEqual({ kind: 'fetch-page', url: `https://${host}/a%20b`, host });
  expect(reach.asked).toEqual([]);
});

test.each(['http://127.0.0.1:1/', 'http://169.254.169.254/latest', 'http://[::ffff:127.0.0.1]/', 'file:///etc/passwd'])(
  '%s is refused before anybody is asked',
  async (url) => {
    const tool = createFetchPage({
      reach: { ...atHome, isAllowed: isPublicAddress },
      clock: systemClock,
      reckoner: createNearReckoner(),
      version: '1',
    });
    await expect(tool.plan({ url }, toolContext())).rejects.toThrow(ToolRefusal);
  },
);

test('a page comes as text, and its host learns no more than it must', async () => {
  const seen: http.IncomingHttpHeaders[] = [];
  const site = await pageServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'a=b' });
    response.end('<title>Boats</title><p>A <a href="/b">blue</a> boat.<script>steal()</script></p>');
  });
  const notes = createRecordedNotes();
  const { allow } = await planDeed(toolWith(), { url: `${site}/boats?x=1` });
  const { value } = await allow(notes);
  expect(value).toEqual({
    url: `${site}/boats?x=1`,
    title: 'Boats',
    text: `A [blue](${site}/b) boat.`,
    next: null,
  });
  expect(Object.keys(seen[0] ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  expect(seen[0]?.['user-agent']).toBe('Nunba/1.2.3');
  const effect = { kind: 'outside', what: `GET ${site}/boats?x=1` };
  expect(notes.noted).toEqual([
    ['begin', effect],
    ['done', effect],
  ]);
});

describe('only the open network is connected to', () => {
  test.each([
    ['one private address', ['10.0.0.1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['mapped', ['::ffff:127.0.0.1', 'fd00::1']],
    ['no address at all', []],
  ])('a name that leads to %s', async (_what, addresses) => {
    const reach = { ...reachOf({ 'site.example': addresses }), isAllowed: isPublicAddress };
    await expect(fetchWith('http://site.example/', reach)).rejects.toThrow('Nothing was sent');
  });

  test('a private address beside a public one is passed over', async () => {
    const site = await pageServer(html('here'));
    const reach = reachOf({ 'site.example': ['10.0.0.1', '127.0.0.1'] });
    expect(await fetchWith(`${site}/`, reach)).toMatchObject({ text: 'here' });
  });

  test('the name is looked up once: a name server that changes its mind is not asked again', async () => {
    const site = await pageServer(html('pinned'));
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const reach: Reach = {
      resolve: async () => answers.shift() ?? [],
      isAllowed: (address) => address === '127.0.0.1',
    };
    expect(await fetchWith(`${site}/`, reach)).toMatchObject({ text: 'pinned' });
    expect(answers).toHaveLength(1);
  });
});

describe('redirects', () => {
  test('within the host are followed, each looked up and judged anew', async () => {
    const site = await pageServer((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step < 5) response.writeHead(302, { location: `/${step + 1}` }).end();
      else html('end')(request, response);
    });
    const reach = reachOf({ 'site.example': ['127.0.0.1'] });
    expect(await fetchWith(`${site}/0`, reach)).toMatchObject({ text: 'end', url: `${site}/5` });
    expect(reach.asked).toHaveLength(6);
    await expect(fetchWith(`${site}/-1`, reach)).rejects.toThrow('more than 5 times');
  });

  test('a name that leads elsewhere at the second look is not connected to', async () => {
    const site = await pageServer((_request, response) => response.writeHead(302, { location: '/again' }).end());
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const reach: Reach = {
      resolve: async () => answers.shift() ?? [],
      isAllowed: (address) => address === '127.0.0.1',
    };
    await expect(fetchWith(`${site}/`, reach)).rejects.toThrow('Nothing was sent');
  });

  test('to another host are told, not followed', async () => {
    let isAsked = false;
    const other = await httpListener((_request, response) => {
      isAsked = true;
      response.end();
    });
    const to = `http://other.example:${other.port}/x`;
    const site = await pageServer((_request, response) => response.writeHead(301, { location: to }).end());
    expect(await fetchWith(`${site}/`)).toMatchObject({ movedTo: to, note: expect.stringContaining('not contacted') });
    expect(isAsked).toBe(false);
  });

  test.each(['http://169.254.169.254/', 'http://10.0.0.1/', 'file:///etc/passwd', 'http://['])(
    'to %s are refused',
    async (location) => {
      const site = await pageServer((_request, response) => response.writeHead(307, { location }).end());
      await expect(fetchWith(`${site}/`)).rejects.toThrow('not in the open web');
    },
  );
});

describe('limits', () => {
  const packed = (encoding: string, bytes: Buffer) =>
    pageServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': encoding }).end(bytes),
    );

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('%s is unpacked, and a bomb is cut', async (encoding, pack) => {
    expect(await fetchWith(await packed(encoding, pack('small')))).toMatchObject({ text: 'small' });
    const bomb = pack(Buffer.alloc(16 * 1024 * 1024, 'a'));
    expect(bomb.length).toBeLessThan(maxPageBytes);
    const page = await fetchWith(await packed(encoding, bomb));
    expect(page).toMatchObject({ next: maxTextChars, note: expect.stringContaining('2 MiB') });
  });

  test('what is packed otherwise, or not as it says, is refused', async () => {
    await expect(fetchWith(await packed('zstd', Buffer.from('x')))).rejects.toThrow('cannot unpack');
    await expect(fetchWith(await packed('gzip', Buffer.from('no gzip')))).rejects.toThrow(ToolRefusal);
    await expect(fetchWith(await packed('gzip', gzipSync('x'.repeat(999)).subarray(0, 20)))).rejects.toThrow(
      ToolRefusal,
    );
  });

  test('an endless body is left after 2 MiB', async () => {
    let sentBytes = 0;
    const site = await pageServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const send = (): void => {
        while (!response.destroyed && response.write('z'.repeat(64 * 1024))) sentBytes += 64 * 1024;
      };
      response.on('drain', send);
      send();
    });
    expect(await fetchWith(`${site}/`)).toMatchObject({ note: expect.stringContaining('2 MiB') });
    expect(sentBytes).toBeLessThan(20 * 1024 * 1024);
  });

  test('a long text comes in pieces', async () => {
    const site = await pageServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ab'.repeat(20_000)),
    );
    expect(await fetchWith(`${site}/`)).toMatchObject({ next: maxTextChars });
    expect(await fetchWith(`${site}/`, atHome, { from: maxTextChars })).toMatchObject({ next: null });
    await expect(fetchWith(`${site}/`, atHome, { from: 40_001 })).rejects.toThrow('40000 characters');
  });

  test('a host that is silent is left after 10 s', async () => {
    const clock = createFakeClock(0);
    const arrived = Promise.withResolvers<void>();
    const { port } = await tcpListener((socket) => socket.once('data', () => arrived.resolve()));
    const { allow } = await planDeed(toolWith(atHome, clock), { url: `http://site.example:${port}/` });
    const outcome = expect(allow()).rejects.toThrow('sent nothing for 10 s');
    await arrived.promise;
    await clock.advance(pageSilenceMs);
    await outcome;
    expect(clock.pendingTimers()).toBe(0);
  });

  test('stopping closes the connection', async () => {
    const stop = new AbortController();
    const arrived = Promise.withResolvers<Promise<unknown>>();
    const { port } = await tcpListener((socket) => socket.once('data', () => arrived.resolve(once(socket, 'close'))));
    const context = toolContext({ signal: stop.signal });
    const { allow } = await planDeed(toolWith(), { url: `http://site.example:${port}/` }, context);
    const outcome = expect(allow()).rejects.toThrow();
    const closed = await arrived.promise.then((gone) => {
      stop.abort(new Error('stopped'));
      return gone;
    });
    await outcome;
    expect(closed).toBeDefined();
  });
});

describe('what cannot be read is told in a sentence', () => {
  test.each([
    ['application/pdf', 'PDF'],
    ['image/png', 'image/png'],
  ])('%s', async (type, sentence) => {
    const site = await pageServer((_request, response) => response.writeHead(200, { 'content-type': type }).end('x'));
    await expect(fetchWith(`${site}/`)).rejects.toThrow(sentence);
  });

  test('bytes that are no text', async () => {
    const site = await pageServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end(Buffer.of(0x41, 0, 0x42)),
    );
    await expect(fetchWith(`${site}/`)).rejects.toThrow('no text');
  });

  test.each([404, 500, 304])('status %i', async (status) => {
    const site = await pageServer((_request, response) => response.writeHead(status).end());
    await expect(fetchWith(`${site}/`)).rejects.toThrow(`status ${status}`);
  });

  test('an empty page', async () => {
    expect(await fetchWith(await pageServer(html('')))).toMatchObject({ text: '(The page has no text.)', next: null });
  });

  test('nobody there, no such name, no web server, a broken connection', async () => {
    await expect(fetchWith(`http://site.example:${await closedPort()}/`)).rejects.toThrow('refuses the connection');
    await expect(fetchWith('http://gone.example/')).rejects.toThrow('cannot be found');
    const nonsense = await tcpListener((socket) => socket.end('SSH-2.0\r\n'));
    await expect(fetchWith(`http://site.example:${nonsense.port}/`)).rejects.toThrow('cannot be reached');
    const closing = await tcpListener((socket) => socket.once('data', () => socket.destroy()));
    await expect(fetchWith(`http://site.example:${closing.port}/`)).rejects.toThrow('broke the connection off');
  });

  test('a certificate that nobody vouches for: nothing is sent', async () => {
    let isAsked = false;
    const server = https.createServer(selfSigned, (_request, response) => {
      isAsked = true;
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await expect(fetchWith(`https://site.example:${port}/`)).rejects.toThrow('no certificate that can be trusted');
    expect(isAsked).toBe(false);
  });
});
