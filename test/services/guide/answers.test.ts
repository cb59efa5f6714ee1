import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { askedAt, openGuide, shippedHelp, status } from './help.ts';

describe('the Guide', () => {
  it.each(['hi', 'Hello there!', 'good morning', 'hey guide, how are you'])('greets back: %s', async (greeting) => {
    const answer = await openGuide().answer(greeting);
    expect(answer).toMatch(/^Hello\. I am the Guide\./);
    expect(answer).toContain('not a language model');
    expect(answer.match(/^- .+$/gm)).toHaveLength(3);
  });

  it.each([
    'are you an AI?',
    'r u a robot',
    'Are you ChatGPT',
    'are you a language model?',
    'you are just a bot right',
    'is this a real person or are you a machine',
  ])('says what it is: %s', async (question) => {
    expect(await openGuide().answer(question)).toContain('I am the Guide, and I am not a language model.');
  });

  it.each(['are you sending my chats to a company', 'are you storing my keys in the database'])(
    'takes a question about the app as one: %s',
    async (question) => {
      expect(await openGuide().answer(question)).not.toContain('I am the Guide, and');
    },
  );

  it.each(['help', 'help me please', 'What can you do?'])('says what to ask: %s', async (call) => {
    expect(await openGuide().answer(call)).toMatch(/^I am the Guide\. [\s\S]+\n- First steps\n/);
  });

  it('answers thanks and farewells, and a question that begins with a greeting', async () => {
    const guide = openGuide();
    expect(await guide.answer('thank you so much')).toMatch(/^You are welcome\./);
    expect(await guide.answer('bye')).toMatch(/^Goodbye\./);
    expect(await guide.answer('hello, how do I make a backup?')).toMatch(/^\*\*Make a backup\*\*/);
  });

  it('puts what the node says into an answer, with its age', async () => {
    const guide = openGuide(async () => ({ ...status, at: askedAt - 12_000 }));
    const answer = await guide.answer('How long has Nunba been running?');
    expect(answer).toContain('As of 12 s ago:');
    expect(answer).toContain('`qwen3-4b` answers where nothing else is chosen');
    expect(answer).toContain('one answer is being written');
    expect(answer).toContain('`/home/mia/Documents/Nunba/data`');
    expect(answer).toContain('`http://127.0.0.1:6777`');
  });

  it('asks the node anew for every answer', async () => {
    let model: string | null = null;
    const guide = openGuide(async () => ({ ...status, model }));
    expect(await guide.answer('Which model am I using?')).toContain('As of just now, no model is set up.');
    model = 'llama3';
    expect(await guide.answer('Which model am I using?')).toContain('As of just now, `llama3` answers');
  });

  it('says so when the node cannot tell', async () => {
    const guide = openGuide(() => Promise.reject(new Error('gone')));
    expect(await guide.answer('Which model am I using?')).toContain('it could not be read which model answers');
  });

  it('points to related topics by titles that exist', async () => {
    const { topics } = await shippedHelp();
    const answer = await openGuide().answer('How do I search in all conversations?');
    const offered = /\n\nSee also: (.+)$/.exec(answer)?.[1]?.split(' · ') ?? [];
    expect(offered.length).toBeGreaterThanOrEqual(2);
    const titles = topics.map(({ title }) => `*${title}*`);
    expect(offered.filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('knows nothing without a help folder, and still answers', async () => {
    const guide = openGuide(async () => status, '/nowhere/at/all');
    expect(await guide.answer('How do I make a backup?')).toMatch(/^I do not know\./);
    expect(await guide.answer('hello')).toMatch(/^Hello\./);
  });

  it('leaves damaged help files out', async () => {
    const folder = tempFolder();
    const good = '---\nid: tea\ntitle: Tea\nquestions:\n- How do I make tea?\n---\nBoil water.';
    writeFiles(folder, { 'tea.md': good, 'half.md': good.slice(0, 20), 'synonyms.json': '{' });
    const guide = openGuide(async () => status, folder);
    expect(await guide.answer('making tea')).toBe('**Tea**\n\nBoil water.');
  });

  it('answers anything at all with text', async () => {
    const guide = openGuide();
    const words = fc.constantFrom('how', 'model', 'are', 'you', 'backup', '{{model}}', '**', '/v1', 'ü', '🙂', 'delte');
    const question = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 200 }).map((all) => all.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(question, async (text) => {
        const answer = await guide.answer(text);
        expect(answer.length).toBeGreaterThan(20);
        expect(answer).not.toContain('{{');
      }),
      { numRuns: 200 },
    );
    expect((await guide.answer('backup '.repeat(100_000))).length).toBeLessThan(10_000);
  });
});
