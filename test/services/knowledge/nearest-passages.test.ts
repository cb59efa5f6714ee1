import { expect, it } from 'vitest';
import { NearestPassages } from '../../../node-core/agents/knowledge/index/nearest-passages.ts';
import { VectorStore } from '../../../node-core/agents/knowledge/index/vector-store.ts';
import { openTestIndex } from '../../builders/knowledge-index.ts';

const model = 'model one';

/** Vectors of one root, so many that they are read in more than one go. */
function setUp() {
  const { writing, reading } = openTestIndex().file;
  writing.prepare('INSERT INTO vector_models (number, identity) VALUES (1, ?)').run(model);
  const put = writing.prepare('INSERT OR REPLACE INTO vectors (passage, root, model, vector) VALUES (?, 1, 1, ?)');
  const keep = (passage: number, vector: readonly number[]) => put.run(passage, Buffer.from(Int8Array.from(vector)));
  writing.transaction(() => {
    for (let passage = 10; passage < 3_000; passage += 1) keep(passage, [0, 127]);
  })();
  const nearest = new NearestPassages(new VectorStore(writing, reading));
  return { keep, nearest, find: () => nearest.find([1], model, Int8Array.from([127, 0])) };
}

it('a vector that comes while the others are read is found by the next question', async () => {
  const { keep, nearest, find } = setUp();
  const first = find();
  keep(1, [127, 0]);
  nearest.added(1);
  expect(await first).toEqual([]);
  expect(await find()).toEqual([1]);
});

it('of a root that changes while its vectors are read, the next question finds what is there by then', async () => {
  const { keep, nearest, find } = setUp();
  keep(1, [127, 0]);
  const first = find();
  keep(1, [0, 127]);
  nearest.forget(1);
  expect(await first).toEqual([1]);
  expect(await find()).toEqual([]);
});
