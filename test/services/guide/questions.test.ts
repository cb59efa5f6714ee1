import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../node-core/agents/guide/words.ts';
import { chat } from '../../../renderer/messages/en/chat.ts';
import { openGuide, shippedHelp } from './help.ts';
import { outOfScopeQuestions, peopleQuestions } from './people-questions.ts';

/** The least number of the 80 that must find the right topic first. */
const leastRight = 70;

/** Id of the topic that an answer tells, or `null` if the Guide says that it does not know. */
const toldTopic = async () => {
  const guide = openGuide();
  const { topics } = await shippedHelp();
  return async (question: string): Promise<string | null> => {
    const answer = await guide.answer(question);
    return topics.find(({ title }) => answer.startsWith(`**${title}**\n`))?.id ?? null;
  };
};

describe('people’s questions', () => {
  it('are 80, about topics that exist, and copied from nowhere in the help', async () => {
    const { topics } = await shippedHelp();
    expect(new Set(peopleQuestions.map(([question]) => question)).size).toBe(80);
    const ids = new Set(topics.map(({ id }) => id));
    expect(peopleQuestions.filter(([, id]) => !ids.has(id))).toEqual([]);
    const normal = (text: string): string => wordsOf(text).join(' ');
    const phrases = topics.flatMap(({ title, questions, keywords }) => [title, ...questions, ...keywords]);
    const known = new Set(phrases.map(normal));
    expect(peopleQuestions.filter(([question]) => known.has(normal(question)))).toEqual([]);
  });

  it(`find the right topic first in at least ${leastRight} of 80`, async () => {
    const find = await toldTopic();
    const misses: string[] = [];
    for (const [question, wanted] of peopleQuestions) {
      const found = await find(question);
      if (found !== wanted) misses.push(`${question} -> ${found ?? 'does not know'}, not ${wanted}`);
    }
    const right = peopleQuestions.length - misses.length;
    console.warn(`The Guide finds ${right} of ${peopleQuestions.length}. Missed:\n  ${misses.join('\n  ')}`);
    expect(right, misses.join('\n')).toBeGreaterThanOrEqual(leastRight);
  });
});

describe('questions about other things', () => {
  it.each(outOfScopeQuestions)('are not answered: %s', async (question) => {
    const answer = await openGuide().answer(question);
    expect(answer).toMatch(/^I do not know\./);
    expect(answer).toContain('not a language model');
    expect(answer.match(/^- .+$/gm)).toHaveLength(3);
  });

  it('offer topics that can be asked for as they stand', async () => {
    const find = await toldTopic();
    const answer = await openGuide().answer(outOfScopeQuestions[1] ?? '');
    const titles = (answer.match(/^- .+$/gm) ?? []).map((line) => line.slice(2));
    for (const title of titles) expect(await find(title)).not.toBeNull();
  });
});

describe('the questions that the page offers', () => {
  it('find their topics', async () => {
    const find = await toldTopic();
    const { first, second, third } = chat.starter.guide;
    expect([await find(first), await find(second), await find(third)]).toEqual(['first-steps', 'who-reads', 'status']);
  });
});

describe('what the desktop app alone has', () => {
  it.each([
    ['start automatically at login', 'this-app'],
    ['turn the notifications off', 'this-app'],
    ['how to get a diagnostics file for support', 'diagnostics'],
    ['save diagnostics', 'diagnostics'],
    ['how do i get the newest update', 'version'],
    ['is my api key encrypted in the keyring', 'keys'],
  ])('%s: %s', async (question, topic) => {
    expect(await (await toldTopic())(question)).toBe(topic);
  });
});

describe('every topic', () => {
  it('is found by its title and by each question that it lists', async () => {
    const find = await toldTopic();
    const { topics } = await shippedHelp();
    for (const { id, title, questions } of topics) {
      for (const phrase of [title, ...questions]) expect([phrase, await find(phrase)]).toEqual([phrase, id]);
    }
  });

  it('is found by its title in capitals, with a typo or a word too many', async () => {
    const find = await toldTopic();
    expect(await find('MAKE A BACKUP!!')).toBe('backup');
    expect(await find('Attahc files')).toBe('attachments');
    expect(await find('please tell me about Export chats now')).toBe('export');
  });
});
