import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { partBytes } from '../../../node-core/agents/local/download/part-record.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import { failureOf } from '../../builders/failure.ts';
import { fileServer } from '../../builders/file-server.ts';
import { ggufFile } from '../../builders/gguf-file.ts';
import { catalogueModel, type TestLocalModels, testLocalModels } from '../../builders/local-models.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import type { FileAnswer } from '../../doubles/file-server.ts';

const get = (test: TestLocalModels, id: string) => test.local.handlers.calls['localModels.get']({ id });
const answering = (answer: (request: number) => FileAnswer) => (content: Buffer) => fileServer(content, answer);
const sees = (test: TestLocalModels, id: string, kind: string) => expect.poll(() => test.state(id)).toBe(kind);
const filesIn = (folder: string): readonly string[] => (fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []);

describe('localModels.get', () => {
  it('asks nobody and writes nothing before it is called', async () => {
    const test = await testLocalModels();
    expect(test.server.requests).toEqual([]);
    expect(filesIn(test.folder)).toEqual([]);
    expect(test.last()).toMatchObject({
      engine: { kind: 'absent' },
      files: [],
      folder: { path: test.folder, isDefault: true },
    });
    expect(test.last().catalogue.map(({ fit, state }) => [fit.verdict, state.kind])).toEqual([
      ['fits', 'absent'],
      ['fits', 'absent'],
    ]);
    expect(test.last().recommendedId).toMatch(/^(one|two)$/);
  });

  it('downloads the model, then what runs it, then chooses it: one click', async () => {
    const test = await testLocalModels();
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    expect(test.last().engine?.kind).toBe('fetching');
    expect(test.chosen).toEqual([]);
    test.engine.end();
    await sees(test, 'one', 'here');
    expect(test.chosen).toEqual(['one']);
    expect(test.last().recommendedId).toBeNull();
    expect(filesIn(test.folder)).toEqual(['one.gguf']);
    expect(test.last().files).toMatchObject([{ id: 'one', name: 'Model one', source: 'catalogue', presence: 'here' }]);
    expect(test.local.files.list()).toMatchObject([{ id: 'one', contextTokens: 2048, isThere: true }]);
    expect(test.views.some(({ catalogue }) => catalogue[0]?.state.kind === 'receiving')).toBe(true);
  });

  it('downloads one after the other', async () => {
    const test = await testLocalModels(answering((request) => (request === 0 ? { stallAfter: 1_000_000 } : {})));
    await get(test, 'one');
    await sees(test, 'one', 'receiving');
    await get(test, 'two');
    await sees(test, 'two', 'queued');
    await test.local.handlers.calls['localModels.pause']({ id: 'one' });
    await sees(test, 'one', 'paused');
    await sees(test, 'two', 'engine');
    expect(filesIn(test.folder)).toEqual(['one.gguf.part', 'one.gguf.part.json', 'two.gguf']);
  });

  it('goes on after a restart where it was, and only when it is asked to', async () => {
    const before = await testLocalModels(answering((request) => (request === 0 ? { stallAfter: 1_000_000 } : {})));
    await get(before, 'one');
    const part = path.join(before.folder, 'one.gguf');
    await expect.poll(() => partBytes(part)).toBe(1_000_000);
    const test = await before.again();
    expect(test.last().catalogue[0]?.state).toEqual({ kind: 'paused', receivedBytes: 1_000_000 });
    expect(test.server.requests).toHaveLength(1);
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    expect(test.server.requests[1]?.range).toBe('bytes=1000000-');
  });

  it('says what it failed with, and goes on when it is asked again', async () => {
    const test = await testLocalModels(answering((request) => (request === 0 ? { status: 404 } : {})));
    await get(test, 'one');
    await sees(test, 'one', 'failed');
    expect(test.last().catalogue[0]?.state).toMatchObject({ failure: { kind: 'download-failed', cause: 'missing' } });
    await get(test, 'one');
    await sees(test, 'one', 'engine');
  });

  it('asks for the engine alone where the model is here', async () => {
    const test = await testLocalModels();
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    test.engine.end(new FailureError({ kind: 'download-failed', host: 'registry', cause: 'cut', detail: '' }));
    await sees(test, 'one', 'failed');
    expect(test.last().engine).toMatchObject({ kind: 'failed', failure: { host: 'registry' } });
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    test.engine.end();
    await sees(test, 'one', 'here');
    expect(test.server.requests).toHaveLength(1);
    expect(test.engine.asked()).toBe(2);
  });

  it('takes a file that a crash has left without a note, after it has read it, and asks nobody', async () => {
    const test = await testLocalModels();
    fs.mkdirSync(test.folder, { recursive: true });
    const file = path.join(test.folder, 'one.gguf');
    fs.writeFileSync(file, test.server.file.content);
    fs.writeFileSync(`${file}.part.json`, '{}');
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    expect(test.server.requests).toEqual([]);
    expect(filesIn(test.folder)).toEqual(['one.gguf']);
    expect(test.last().files).toMatchObject([{ id: 'one', source: 'catalogue', presence: 'here' }]);
  });

  it('downloads anew where such a file is of the right size and another one', async () => {
    const test = await testLocalModels();
    fs.mkdirSync(test.folder, { recursive: true });
    const { content } = test.server.file;
    fs.writeFileSync(path.join(test.folder, 'one.gguf'), Buffer.alloc(content.length));
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    expect(test.server.requests).toHaveLength(1);
    expect(fs.readFileSync(path.join(test.folder, 'one.gguf')).equals(content)).toBe(true);
  });

  it('downloads no model beside which what runs it would find no room', async () => {
    const test = await testLocalModels();
    test.engine.neededBytes = 1e18;
    await get(test, 'one');
    await sees(test, 'one', 'failed');
    // The page has counted it as well.
    expect(test.last().catalogue[0]?.fit).toMatchObject({ verdict: 'will-not-fit', reasons: [{ what: 'disk' }] });
    const { state } = test.last().catalogue[0] ?? {};
    expect(state).toMatchObject({ failure: { kind: 'no-space', path: os.tmpdir() } });
    expect(test.server.requests).toEqual([]);
    test.engine.neededBytes = 1000;
    await get(test, 'one');
    await sees(test, 'one', 'engine');
  });

  it('offers nothing where nothing runs models', async () => {
    const test = await testLocalModels(fileServer, { engine: null });
    expect(test.last().engine).toBeNull();
    expect(await failureOf(Promise.resolve(get(test, 'one')))).toMatchObject({ kind: 'not-found' });
    expect(test.local.contacts()).toEqual([]);
  });

  it('names the host that it would ask', async () => {
    const test = await testLocalModels();
    const { host } = new URL(test.server.url);
    expect(test.local.contacts()).toEqual([{ host, purpose: 'model-download', name: host, location: 'this-computer' }]);
  });
});

describe('what is taken back', () => {
  it('leaves nothing of a download that is given up', async () => {
    const test = await testLocalModels(answering(() => ({ stallAfter: 1_000_000 })));
    await get(test, 'one');
    await sees(test, 'one', 'receiving');
    await test.local.handlers.calls['localModels.cancel']({ id: 'one' });
    await sees(test, 'one', 'absent');
    expect(filesIn(test.folder)).toEqual([]);
  });

  it('deletes a downloaded file', async () => {
    const test = await testLocalModels();
    await get(test, 'one');
    test.engine.end();
    await sees(test, 'one', 'engine');
    test.engine.end();
    await sees(test, 'one', 'here');
    await test.local.handlers.calls['localModels.remove']({ id: 'one' });
    await sees(test, 'one', 'absent');
    expect(test.released).toEqual([path.join(test.folder, 'one.gguf')]);
    expect(filesIn(test.folder)).toEqual([]);
    expect(test.local.files.list()).toEqual([]);
  });
});

describe('localModels.configure', () => {
  it('downloads from a mirror into a chosen folder', async () => {
    const other = await fileServer(ggufFile({ dataBytes: 3_000_000 }));
    const test = await testLocalModels();
    const folder = path.join(tempFolder(), 'elsewhere');
    const mirror = `${new URL(other.url).origin}/hub`;
    await test.local.handlers.calls['localModels.configure']({ folder, mirror });
    await get(test, 'one');
    await sees(test, 'one', 'engine');
    expect(test.server.requests).toEqual([]);
    expect(other.requests.map(({ url }) => url)).toEqual(['/hub/model.gguf']);
    expect(filesIn(folder)).toEqual(['one.gguf']);
    expect(test.last()).toMatchObject({ mirror, folder: { path: folder, isDefault: false } });
  });

  it('leaves the folder as it is while something of a model lies in it', async () => {
    const test = await testLocalModels(answering(() => ({ stallAfter: 1_000_000 })));
    const calls = test.local.handlers.calls;
    const folder = path.join(tempFolder(), 'elsewhere');
    const refused = { kind: 'invalid-input', field: 'the folder', reason: expect.stringContaining('Model one') };
    await get(test, 'one');
    await sees(test, 'one', 'receiving');
    expect(await failureOf(Promise.resolve(calls['localModels.configure']({ folder })))).toMatchObject(refused);
    await calls['localModels.pause']({ id: 'one' });
    expect(await failureOf(Promise.resolve(calls['localModels.configure']({ folder })))).toMatchObject(refused);
    await calls['localModels.configure']({ mirror: 'https://mirror.example' });
    await calls['localModels.cancel']({ id: 'one' });
    await calls['localModels.configure']({ folder });
    expect(filesIn(test.folder)).toEqual([]);
  });

  it('says how much a model remembers here, not how much it was made for', async () => {
    const long = { ...catalogueModel('long', Buffer.from('x'), 'https://models.example/x'), contextTokens: 262_144 };
    const test = await testLocalModels(undefined, { catalogue: { models: [long], embeddings: [] } });
    expect(test.last().catalogue).toMatchObject([{ id: 'long', contextTokens: 16_384 }]);
  });

  it('keeps what was set, and takes it back', async () => {
    const test = await testLocalModels();
    await test.local.handlers.calls['localModels.configure']({
      mirror: 'https://mirror.example',
      proxy: 'proxy.example:3128',
    });
    const again = await test.again();
    expect(again.last()).toMatchObject({ mirror: 'https://mirror.example', proxyInUse: 'proxy.example:3128' });
    await again.local.handlers.calls['localModels.configure']({ mirror: '', proxy: null });
    expect((await again.again()).last()).toMatchObject({ mirror: null, proxy: null, proxyInUse: null });
  });

  it.each([
    [{ folder: 'not/whole' }, 'the folder'],
    [{ mirror: 'ftp://mirror' }, 'the mirror'],
    [{ proxy: 'socks5://proxy' }, 'the proxy'],
    [{ proxy: 'http://me:secret@proxy' }, 'the proxy'],
  ])('refuses %j', async (changes, field) => {
    const test = await testLocalModels();
    const work = Promise.resolve(test.local.handlers.calls['localModels.configure'](changes));
    expect(await failureOf(work)).toMatchObject({ kind: 'invalid-input', field });
  });
});
