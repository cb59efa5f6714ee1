import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contract } from '../../../node-core/api/contract.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';

const search = async ({ call }: TestChat, query: string, limit = 20) =>
  (await call('search.messages', { query, limit })).hits;

async function withMessages(prompts: readonly string[]): Promise<{ open: TestChat; id: string }> {
  const open = await openTestChat();
  const id = await open.conversation();
  for (const prompt of prompts) await open.exchange(id, prompt, 'noted');
  return { open, id };
}

const found = async (open: TestChat, query: string): Promise<string[]> =>
  (await search(open, query)).map((hit) => hit.snippet.map((piece) => piece.text).join(''));

test('finds every word anywhere, newest first, the last one as a beginning', async () => {
  const { open } = await withMessages(['the red house', 'a house, red and old', 'a green household', 'red']);
  expect(await found(open, 'house red')).toEqual(['a house, red and old', 'the red house']);
  expect(await found(open, 'red hous')).toEqual(['a house, red and old', 'the red house']);
  expect(await found(open, 'hous red')).toEqual([]);
  expect(await found(open, 'h')).toEqual(['a green household', 'a house, red and old', 'the red house']);
});

test('letter case and accents do not matter, and marks do not break words', async () => {
  const { open } = await withMessages(['Crème brûlée', 'cafe\u0301', 'हिन्दी में', 'தமிழ் மொழி', 'ÜBER']);
  expect(await found(open, 'creme')).toEqual(['Crème brûlée']);
  expect(await found(open, 'CAFÉ')).toEqual(['cafe\u0301']);
  expect(await found(open, 'हिन्दी')).toEqual(['हिन्दी में']);
  expect(await found(open, 'हिन')).toEqual(['हिन्दी में']);
  expect(await found(open, 'தமிழ்')).toEqual(['தமிழ் மொழி']);
  expect(await found(open, 'uber')).toEqual(['ÜBER']);
});

test('says where, who, when and what', async () => {
  const { open, id } = await withMessages(['Where do bees live?']);
  const [hit] = await search(open, 'bees li');
  expect(hit).toMatchObject({
    conversationId: id,
    conversationTitle: 'Where do bees live?',
    role: 'user',
    createdAt: open.clock.now(),
    snippet: [
      { text: 'Where do ', isMatch: false },
      { text: 'bees', isMatch: true },
      { text: ' ', isMatch: false },
      { text: 'live', isMatch: true },
      { text: '?', isMatch: false },
    ],
  });
});

test('a long message is cut to the text around the match', async () => {
  const { open } = await withMessages([`${'word '.repeat(2000)}needle${' word'.repeat(2000)}`]);
  const [hit] = await search(open, 'needle');
  const text = hit?.snippet.map((piece) => piece.text).join('') ?? '';
  expect(text).toContain('needle');
  expect(text.length).toBeLessThan(200);
});

test('finds answers when they have ended, in every branch', async () => {
  const { open, id } = await withMessages(['one']);
  await open.call('thread.send', { conversationId: id, text: 'two', attachmentIds: [] });
  const answer = await open.answerer.next();
  answer.text('the answer is platypus');
  await open.clock.advance(600);
  expect(await found(open, 'platypus')).toEqual([]);
  answer.finish();
  await open.clock.advance(0);
  const [hit] = await search(open, 'platypus');
  expect(hit?.role).toBe('assistant');
  await open.call('thread.retry', { messageId: hit?.messageId ?? '' });
  (await open.answerer.next()).finish();
  await open.clock.advance(0);
  expect((await search(open, 'platypus')).map((each) => each.messageId)).toEqual([hit?.messageId]);
  expect(await open.call('thread.choose', { messageId: hit?.messageId ?? '' })).toEqual({ index: 3 });
});

test('does not find what is deleted, and finds it again when it is back', async () => {
  const { open, id } = await withMessages(['apples', 'pears']);
  await open.call('conversations.delete', { id });
  expect(await search(open, 'apples')).toEqual([]);
  expect(await open.chat.reader.searchMessages('apples', 5)).toEqual([]);
  await open.call('conversations.restore', { id });
  const [hit] = await search(open, 'apples');
  await open.call('thread.delete', { messageId: hit?.messageId ?? '' });
  expect(await search(open, 'apples')).toEqual([]);
  expect(await search(open, 'pears')).toEqual([]);
  await open.call('thread.restore', { messageId: hit?.messageId ?? '' });
  expect(await search(open, 'pears')).toHaveLength(1);
});

test('gives the newest when there are more than asked for', async () => {
  const { open } = await withMessages(['same 1', 'same 2', 'same 3', 'same 4']);
  expect((await search(open, 'same', 2)).map((hit) => hit.snippet.map((piece) => piece.text).join(''))).toEqual([
    'same 4',
    'same 3',
  ]);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', "'", '*', '(', ')', ':', '^', '+', '-', '{', '}', ' ', 'a', 'é', '\0', ','),
    maxLength: 40,
  }),
  fc
    .array(
      fc.constantFrom('AND', 'OR', 'NOT', 'NEAR(', 'NEAR/2', 'text:', '"', '""', '*', 'a*', 'rowid', ')', '\ud800'),
    )
    .map((words) => words.join(' ')),
);

test('no query breaks the search or means anything but words', async () => {
  const { open } = await withMessages(['AND OR NOT NEAR a b text rowid', 'plain']);
  await fc.assert(
    fc.asyncProperty(hostile, async (query) => {
      const result = await open.call('search.messages', { query, limit: 10 });
      contract.calls['search.messages'].output.parse(result);
      await open.chat.reader.searchMessages(query, 10);
    }),
    { numRuns: 500 },
  );
  expect(await found(open, 'a NOT plain')).toEqual([]);
  expect(await found(open, 'NOT b')).toEqual(['AND OR NOT NEAR a b text rowid']);
  expect(await found(open, 'text:rowid')).toEqual(['AND OR NOT NEAR a b text rowid']);
});

const textOfWords = fc.array(fc.constantFrom('ant', 'bee', 'cow', 'doe', 'elk'), { minLength: 1, maxLength: 5 });

test('what is found is exactly what holds every word', async () => {
  const open = await openTestChat();
  const texts: string[][] = [];
  await fc.assert(
    fc.asyncProperty(textOfWords, textOfWords, async (words, query) => {
      await open.exchange(await open.conversation(), words.join(' '), 'ok');
      texts.push(words);
      const hits = await search(open, query.join(' '), 100);
      const expected = texts.filter((text) => query.every((word) => text.includes(word))).reverse();
      expect(hits.map((hit) => hit.snippet.map((piece) => piece.text).join(''))).toEqual(
        expected.slice(0, 100).map((text) => text.join(' ')),
      );
    }),
    { numRuns: 60 },
  );
});

test('an agent finds what holds all words first, then what holds most of them', async () => {
  const { open } = await withMessages([
    'The dentist appointment is on Friday',
    'I went to the dentist',
    'An appointment with Friday the cat at the vet',
    'Nothing of that',
  ]);
  const texts = async (query: string, limit = 10) =>
    (await open.chat.reader.searchMessages(query, limit)).map((message) => message.text);
  expect(await texts('when is my dentist appointment')).toEqual([
    'The dentist appointment is on Friday',
    'An appointment with Friday the cat at the vet',
    'I went to the dentist',
  ]);
  expect(await texts('dentist appointment', 1)).toEqual(['The dentist appointment is on Friday']);
  expect(await texts('?!')).toEqual([]);
});
