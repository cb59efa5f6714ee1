import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileServer } from '../../builders/file-server.ts';
import { embeddingMetadata, ggufFile } from '../../builders/gguf-file.ts';
import { catalogueModel, type TestLocalModels, testLocalModels } from '../../builders/local-models.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const content = ggufFile({ metadata: embeddingMetadata, dataBytes: 100_000 });

/** Local models with one for embeddings in the catalogue, and a file of another one on the disk. */
async function withEmbeddings(): Promise<TestLocalModels & { readonly file: string }> {
  const server = await fileServer(content);
  const catalogue = { models: [], embeddings: [catalogueModel('meaning', content, server.url)] };
  const test = await testLocalModels(undefined, { catalogue });
  const file = path.join(tempFolder(), 'own.gguf');
  fs.writeFileSync(file, content);
  return { ...test, file };
}

const meaningOf = (test: TestLocalModels) => test.last().embeddings;

describe('a model for embeddings', () => {
  it('is downloaded like any other, then searches by meaning and never answers', async () => {
    const test = await withEmbeddings();
    expect(test.local.embeddingFile.get()).toBeNull();
    await test.local.handlers.calls['localModels.get']({ id: 'meaning' });
    await expect.poll(() => test.engine.asked()).toBe(1);
    expect(test.local.embeddingFile.get()).toBeNull();
    test.engine.end();
    await expect.poll(() => meaningOf(test).usedId).toBe('meaning');
    expect(test.local.embeddingFile.get()).toMatchObject({ id: 'meaning', header: { dimensions: 64 } });
    expect(meaningOf(test).catalogue).toMatchObject([{ id: 'meaning', contextTokens: 1024, state: { kind: 'here' } }]);
    expect(meaningOf(test).files).toMatchObject([{ id: 'meaning', source: 'catalogue' }]);
    expect(test.last().files).toEqual([]);
    expect(test.local.files.list()).toEqual([]);
    expect(test.chosen).toEqual([]);
    expect((await test.again()).local.embeddingFile.get()).toMatchObject({ id: 'meaning' });
  });

  it('may be a file of the person, is used once that is asked for, and can be put aside', async () => {
    const test = await withEmbeddings();
    const calls = test.local.handlers.calls;
    const { id } = await calls['localModels.addFile']({ path: test.file });
    await expect.poll(() => meaningOf(test).files).toMatchObject([{ id, name: 'Tiny Meaning' }]);
    expect(meaningOf(test).usedId).toBeNull();
    let changes = 0;
    test.local.embeddingFile.onChange(() => {
      changes += 1;
    });
    await calls['localModels.get']({ id });
    await expect.poll(() => test.engine.asked()).toBe(1);
    test.engine.end();
    await expect.poll(() => test.local.embeddingFile.get()?.id).toBe(id);
    expect(changes).toBeGreaterThan(0);
    await calls['localModels.stopMeaning']({});
    expect(test.local.embeddingFile.get()).toBeNull();
    expect(fs.existsSync(test.file)).toBe(true);
  });

  it('is not used while its file is another one or gone, and is no longer when it was removed', async () => {
    const test = await withEmbeddings();
    const { id } = await test.local.handlers.calls['localModels.addFile']({ path: test.file });
    await test.local.handlers.calls['localModels.get']({ id });
    await expect.poll(() => test.engine.asked()).toBe(1);
    test.engine.end();
    await expect.poll(() => test.local.embeddingFile.get()?.id).toBe(id);
    fs.appendFileSync(test.file, 'more');
    await test.local.embeddingFile.refresh();
    expect(test.local.embeddingFile.get()).toBeNull();
    await test.local.handlers.calls['localModels.remove']({ id });
    expect(test.released).toEqual([test.file]);
    await expect.poll(() => meaningOf(test)).toMatchObject({ files: [], usedId: null });
    // Added again, it has the same id, and is not used unasked.
    expect(await test.local.handlers.calls['localModels.addFile']({ path: test.file })).toEqual({ id });
    expect(test.local.embeddingFile.get()).toBeNull();
  });
});
