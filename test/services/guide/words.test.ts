import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillFacts } from '../../../node-core/agents/guide/live-facts.ts';
import { correct, editDistance } from '../../../node-core/agents/guide/spelling.ts';
import { pairsOf, stemOf, wordsOf } from '../../../node-core/agents/guide/words.ts';
import { describeAge, describeDuration } from '../../../node-core/protocol/age.ts';
import { askedAt, status } from './help.ts';

describe('words', () => {
  it('are lower case, without accents and apostrophes', () => {
    expect(wordsOf("Where’s the Café? It doesn't work: /v1, port=8080!")).toEqual([
      'wheres',
      'the',
      'cafe',
      'it',
      'doesnt',
      'work',
      'v1',
      'port',
      '8080',
    ]);
  });

  it('have one stem for their usual forms', () => {
    for (const forms of [
      ['delete', 'deletes', 'deleted', 'deleting'],
      ['stop', 'stops', 'stopped', 'stopping'],
      ['copy', 'copies'],
      ['search', 'searches', 'searching'],
      ['use', 'uses', 'using'],
      ['answer', 'answers', 'answered'],
      ['automatic', 'automatically'],
    ]) {
      expect(new Set(forms.map(stemOf)).size, forms.join()).toBe(1);
    }
    expect(['status', 'press', 'need', 'thing', 'v1', 'this'].map(stemOf)).toEqual([
      'status',
      'press',
      'need',
      'thing',
      'v1',
      'this',
    ]);
  });

  it('that say something make pairs', () => {
    expect(pairsOf(wordsOf('there is no such model'))).toEqual([
      { term: 'no such', meaning: 0.5 },
      { term: 'such model', meaning: 1 },
    ]);
  });

  it('are found in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of wordsOf(text)) expect(stemOf(word)).not.toBe('');
      }),
    );
  });
});

describe('spelling', () => {
  const distances: readonly (readonly [string, string, number])[] = [
    ['backup', 'backup', 0],
    ['bakcup', 'backup', 1],
    ['backp', 'backup', 1],
    ['baackup', 'backup', 1],
    ['vackup', 'backup', 1],
    ['completly', 'completely', 1],
    ['sitting', 'kitten', 3],
    ['', 'abc', 3],
  ];
  it.each(distances)('%s and %s are %i apart', (a, b, distance) => {
    expect(editDistance(a, b, 5)).toBe(distance);
    expect(editDistance(b, a, 5)).toBe(distance);
    expect(editDistance(a, b, 1)).toBe(Math.min(distance, 2));
  });

  it('is corrected to the nearest words, the longer the more letters', () => {
    const known = ['difference', 'backup', 'book', 'model', 'modes', 'instructions'];
    expect(correct('differnce', known)).toEqual([{ word: 'difference', likeness: 0.8 }]);
    expect(correct('instrctons', known)).toEqual([{ word: 'instructions', likeness: 0.6 }]);
    expect(correct('modek', known).map(({ word }) => word)).toEqual(['model', 'modes']);
    expect(correct('look', known)).toEqual([]);
    expect(correct('boom', known)).toEqual([]);
    expect(correct('rackup', known)).toEqual([]);
    expect(correct('6776', ['6777'])).toEqual([]);
  });

  it('counts no more letters than the longer word has, both ways the same', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 12 }), (a, b, limit) => {
        const distance = editDistance(a, b, limit);
        expect(distance).toBe(editDistance(b, a, limit));
        expect(distance).toBeLessThanOrEqual(Math.min(Math.max(a.length, b.length), limit + 1));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe('live facts', () => {
  const second = 1000;
  const times: readonly (readonly [ms: number, age: string, duration: string])[] = [
    [-5 * second, 'just now', '0 seconds'],
    [0, 'just now', '0 seconds'],
    [second, 'just now', '1 second'],
    [59 * second, '59 s ago', '59 seconds'],
    [60 * second, '1 min ago', '1 minute'],
    [3 * 3600 * second, '3 h ago', '3 hours'],
    [47 * 3600 * second, '1 day ago', '1 day'],
    [72 * 3600 * second, '3 days ago', '3 days'],
  ];
  it.each(times)('say how old and how long %i ms are', (ms, age, duration) => {
    expect([describeAge(ms), describeDuration(ms)]).toEqual([age, duration]);
  });

  it('stand in for their names, unknown names for nothing', () => {
    const text = 'As of {{age}}: {{version}}, {{uptime}}, {{answers}}, {{openai-address}}{{nothing}}.';
    expect(fillFacts(text, { ...status, runningTurns: 0 }, askedAt)).toBe(
      'As of just now: `0.1.0`, 3 hours, no answer is being written, `http://127.0.0.1:6777/v1`.',
    );
    expect(fillFacts('{{address}}', { ...status, address: null }, askedAt)).toBe(
      'Nunba does not listen for other programs',
    );
  });

  it('show a name as code whatever it holds', () => {
    expect(fillFacts('{{model}}', { ...status, model: 'a`b\nc' }, askedAt)).toBe(
      '`` a`b c `` answers where nothing else is chosen',
    );
  });
});
