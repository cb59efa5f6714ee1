import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocalEngine } from '../../../node-core/agents/local/engine/local-engine.ts';
import { openLocalModel } from '../../../node-core/agents/local/open-local-model.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import { failureOf } from '../../builders/failure.ts';
import { ggufFile } from '../../builders/gguf-file.ts';
import { testLocalModels } from '../../builders/local-models.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

describe('a file of the person', () => {
  it('stays where it is, is known by its header, and is only forgotten', async () => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), 'mine.gguf');
    fs.writeFileSync(file, ggufFile());
    const { id } = await test.local.handlers.calls['localModels.addFile']({ path: file });
    expect(id).toMatch(/^mine-[0-9a-f]{8}$/);
    await expect
      .poll(() => test.last().files)
      .toMatchObject([
        { id, name: 'Tiny Chat', path: file, source: 'person', quantisation: 'Q4_K_M', hasChatTemplate: true },
      ]);
    expect((await test.again()).last().files).toHaveLength(1);
    await test.local.handlers.calls['localModels.remove']({ id });
    expect(test.local.files.list()).toEqual([]);
    expect(fs.existsSync(file)).toBe(true);
  });

  it('is noticed when it is changed or gone', async () => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), 'mine.gguf');
    fs.writeFileSync(file, ggufFile());
    await test.local.handlers.calls['localModels.addFile']({ path: file });
    expect(test.local.files.list()).toMatchObject([{ isThere: true }]);
    fs.appendFileSync(file, 'more');
    expect((await test.again()).last().files).toMatchObject([{ presence: 'changed' }]);
    fs.rmSync(file);
    const last = await test.again();
    expect(last.last().files).toMatchObject([{ presence: 'gone' }]);
    expect(last.local.files.list()).toMatchObject([{ isThere: false }]);
  });

  it.each([
    ['is not there', 'gone.gguf', null, 'missing'],
    ['is something else', 'x.gguf', Buffer.from('no model at all'), 'not-gguf'],
    ['is cut', 'x.gguf', ggufFile().subarray(0, 9000), 'cut'],
    ['is one of several by its name', 'x-00001-of-00002.gguf', ggufFile(), 'split'],
  ])('is refused when it %s', async (_when, name, content, defect) => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), name);
    if (content !== null) fs.writeFileSync(file, content);
    const work = Promise.resolve(test.local.handlers.calls['localModels.addFile']({ path: file }));
    expect(await failureOf(work)).toEqual({ kind: 'model-file', path: file, defect });
    expect(test.local.files.list()).toEqual([]);
  });

  it('gets what runs it and answers, without any model of the catalogue', async () => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), 'mine.gguf');
    fs.writeFileSync(file, ggufFile());
    const { id } = await test.local.handlers.calls['localModels.addFile']({ path: file });
    await test.local.handlers.calls['localModels.get']({ id });
    await expect.poll(() => test.last().files).toMatchObject([{ id, work: { kind: 'engine' } }]);
    test.engine.end(new FailureError({ kind: 'engine-absent', reason: 'unsupported' }));
    await expect.poll(() => test.last().files).toMatchObject([{ id, work: { kind: 'failed' } }]);
    await test.local.handlers.calls['localModels.get']({ id });
    await expect.poll(() => test.engine.asked()).toBe(2);
    test.engine.end();
    await expect.poll(() => test.chosen).toEqual([id]);
    await expect.poll(() => test.last().files).toMatchObject([{ id, work: null }]);
    expect(test.server.requests).toEqual([]);
  });

  it('is looked at again before it answers, though nobody watches', async () => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), 'mine.gguf');
    fs.writeFileSync(file, ggufFile());
    const { id } = await test.local.handlers.calls['localModels.addFile']({ path: file });
    const asked: boolean[] = [];
    const engine: LocalEngine = {
      async *generate({ isThere }) {
        asked.push(isThere);
        yield { kind: 'done', id: 1, reason: 'stop', inputTokens: 1, outputTokens: 1 };
      },
      isAnswering: () => false,
      onChange: () => () => undefined,
      release: () => undefined,
      stop: () => undefined,
    };
    const means = { ids: () => 'call', permit: () => undefined };
    const model = openLocalModel({ files: test.local.files, engine }, id, means);
    const answer = async (): Promise<void> => {
      const { stream } = await model.doStream({ prompt: [] });
      for await (const _ of stream);
    };
    await answer();
    fs.appendFileSync(file, 'more');
    await answer();
    expect(asked).toEqual([true, false]);
  });

  it.runIf(process.platform !== 'win32')('is refused where it is a pipe, without waiting for it', async () => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), 'pipe.gguf');
    execFileSync('mkfifo', [file]);
    const work = Promise.resolve(test.local.handlers.calls['localModels.addFile']({ path: file }));
    expect(await failureOf(work)).toMatchObject({ kind: 'model-file', defect: 'not-gguf' });
  });

  it('is not deleted though a backup says that it was downloaded', async () => {
    const test = await testLocalModels();
    const file = path.join(tempFolder(), 'letter.txt');
    fs.writeFileSync(file, ggufFile());
    const { id } = await test.local.handlers.calls['localModels.addFile']({ path: file });
    await test.storage.db.updateTable('local_models').set({ source: 'catalogue' }).where('id', '=', id).execute();
    const again = await test.again();
    await again.local.handlers.calls['localModels.remove']({ id });
    expect(again.local.files.list()).toEqual([]);
    expect(fs.existsSync(file)).toBe(true);
  });

  it('is refused by a path that is not whole', async () => {
    const test = await testLocalModels();
    const work = Promise.resolve(test.local.handlers.calls['localModels.addFile']({ path: 'mine.gguf' }));
    expect(await failureOf(work)).toMatchObject({ kind: 'invalid-input' });
  });
});
