import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHelpTopic } from '../../../node-core/agents/guide/help-topic.ts';
import { factNames, fillFacts } from '../../../node-core/agents/guide/live-facts.ts';
import { decodeSynonyms } from '../../../node-core/agents/guide/synonyms.ts';
import { askedAt, shippedHelp, status } from './help.ts';

describe('the help texts', () => {
  it('are at least 40, each with a title of its own', async () => {
    const { topics } = await shippedHelp();
    expect(topics.length).toBeGreaterThanOrEqual(40);
    expect(new Set(topics.map(({ title }) => title.toLowerCase())).size).toBe(topics.length);
  });

  it('list each question once', async () => {
    const { topics } = await shippedHelp();
    const questions = topics.flatMap((topic) => topic.questions.map((question) => question.toLowerCase()));
    expect(questions.filter((question, place) => questions.indexOf(question) !== place)).toEqual([]);
  });

  it('refer to topics that exist, and not to themselves', async () => {
    const { topics } = await shippedHelp();
    const ids = new Set(topics.map(({ id }) => id));
    const wrong = topics.flatMap(({ id, related }) =>
      related.filter((one) => one === id || !ids.has(one)).map((one) => [id, one]),
    );
    expect(wrong).toEqual([]);
  });

  it('speak without exclamation marks, "please note" and "simply"', async () => {
    const { topics } = await shippedHelp();
    expect(
      topics.filter(({ title, body }) => /!|please note|\bsimply\b|\boops\b/i.test(title + body)).map(({ id }) => id),
    ).toEqual([]);
  });

  it('are short enough to be read', async () => {
    const { topics } = await shippedHelp();
    expect(topics.filter(({ body }) => body.split(/\s+/).length > 190).map(({ id }) => id)).toEqual([]);
  });

  it('use only facts that there are, and say how old they are', async () => {
    const { topics } = await shippedHelp();
    for (const { id, body } of topics) {
      const used = [...body.matchAll(/\{\{(.*?)\}\}/g)].map(([, name = '']) => name);
      expect([id, used.filter((name) => !factNames.some((known) => known === name))]).toEqual([id, []]);
      if (used.length > 0) expect([id, used]).toEqual([id, expect.arrayContaining(['age'])]);
      expect(fillFacts(body, status, askedAt)).not.toMatch(/\{\{|\}\}|undefined|null/);
    }
  });
});

const sample = `---
id: tea
title: Tea
questions:
- How do I make tea?
- Is there tea?
keywords: brew, kettle
related: cups
---

Boil **water**.
`;

describe('a help file', () => {
  it('is read', () => {
    expect(decodeHelpTopic('tea.md', sample)).toEqual({
      kind: 'topic',
      topic: {
        id: 'tea',
        title: 'Tea',
        questions: ['How do I make tea?', 'Is there tea?'],
        keywords: ['brew', 'kettle'],
        related: ['cups'],
        body: 'Boil **water**.',
      },
    });
    expect(decodeHelpTopic('tea.md', sample.replaceAll('\n', '\r\n')).kind).toBe('topic');
  });

  const damaged: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
    ['no header', 'Boil water.', /does not start with a header/],
    ['a header without end', sample.replace('---\n\nBoil', 'Boil'), /does not start with a header/],
    ['no title', sample.replace('title: Tea\n', ''), /^title: /],
    ['no question', sample.replace(/- .*\n/g, ''), /^questions: /],
    ['a name that is not known', sample.replace('title:', 'subtitle: x\ntitle:'), /subtitle/],
    ['a line that is nothing', sample.replace('title:', 'what is this\ntitle:'), /what is this/],
    ['no text', sample.replace('Boil **water**.', ''), /it has no text/],
    ['another id than its name', sample.replace('id: tea', 'id: coffee'), /must be coffee\.md/],
    ['a name that JavaScript knows', sample.replace('title:', 'constructor: x\ntitle:'), /constructor/],
  ];
  it.each(damaged)('is refused with a reason: %s', (_what, text, reason) => {
    expect(decodeHelpTopic('tea.md', text)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it('never throws, whatever it holds', () => {
    const lines = fc.constantFrom(
      '---',
      'id: tea',
      'title: Tea',
      'questions:',
      '- x',
      'keywords: a, b',
      '',
      'Text.',
      '{{model}}',
      '__proto__: 1',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(lines, { maxLength: 30 }).map((all) => all.join('\n')),
    );
    fc.assert(
      fc.property(text, (content) => {
        const decoded = decodeHelpTopic('tea.md', content);
        if (decoded.kind === 'topic') expect(decoded.topic).toMatchObject({ id: 'tea', title: 'Tea' });
        else expect(decoded.reason).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the synonyms', () => {
  it('stand for each other, as words and as phrases', () => {
    const synonyms = decodeSynonyms(
      '{"format":"nunba-synonyms","version":1,"groups":[["delete","get rid of"],["delete","drop"]]}',
    );
    expect(synonyms?.of(['delet'])).toEqual([['get', 'rid', 'of'], ['drop']]);
    expect(synonyms?.of(['get', 'rid', 'of'])).toEqual([['delet']]);
    expect(synonyms?.of(['rid'])).toEqual([]);
    expect(synonyms?.longest).toBe(3);
  });

  it('are refused when they are damaged, never thrown over', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(decodeSynonyms(text)).toBeNull();
      }),
    );
    expect(decodeSynonyms('{"format":"nunba-synonyms","version":2,"groups":[]}')).toBeNull();
    expect(decodeSynonyms('{"format":"nunba-synonyms","version":1,"groups":[["a"]]}')).toBeNull();
  });
});
