import { expect, it } from 'vitest';
import { type Candidate, type Processors, recommendModel } from '../../../node-core/protocol/local/recommend-model.ts';

const gib = 1024 ** 3;
const models: readonly Candidate[] = [
  { id: 'middle', parameters: 1.5e9, verdict: 'fits', neededBytes: 2 * gib },
  { id: 'large', parameters: 4e9, verdict: 'fits', neededBytes: 4 * gib },
  { id: 'small', parameters: 0.5e9, verdict: 'fits', neededBytes: gib },
];
const two: Processors = { threads: 2, graphicsMemoryBytes: null, hasUnifiedGraphics: false };
const judged = (verdicts: Readonly<Record<string, Candidate['verdict']>>): readonly Candidate[] =>
  models.map((model) => ({ ...model, verdict: verdicts[model.id] ?? model.verdict }));

it.each<[string, readonly Candidate[], Partial<Processors>, string | null]>([
  ['two threads are too slow for all but the smallest', models, {}, 'small'],
  ['three threads are just enough for the next', models, { threads: 3 }, 'middle'],
  ['seven are not enough for the largest', models, { threads: 7 }, 'middle'],
  ['eight are', models, { threads: 8 }, 'large'],
  ['a card that holds the largest', models, { graphicsMemoryBytes: 4 * gib }, 'large'],
  ['a card that lacks one byte for it', models, { graphicsMemoryBytes: 4 * gib - 1 }, 'middle'],
  ['graphics in the computer’s own memory', models, { hasUnifiedGraphics: true }, 'large'],
  ['the largest is tight', judged({ large: 'tight' }), { threads: 16 }, 'middle'],
  ['one thread, and the smallest is all too slow', models, { threads: 0 }, 'small'],
  ['all are tight', judged({ small: 'tight', middle: 'tight', large: 'tight' }), { threads: 16 }, 'small'],
  ['only the larger ones are tight', judged({ small: 'will-not-fit', middle: 'tight', large: 'tight' }), {}, 'middle'],
  ['nothing fits', judged({ small: 'will-not-fit', middle: 'will-not-fit', large: 'will-not-fit' }), {}, null],
  ['nothing is offered', [], {}, null],
])('%s', (_, candidates, processors, id) => {
  expect(recommendModel(candidates, { ...two, ...processors })).toBe(id);
});
