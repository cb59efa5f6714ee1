import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecipe, encodeRecipe } from '../../../node-core/agents/recipes/recipe-file.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { aRecipe } from '../../builders/recipe-samples.ts';
import { openTestRecipes } from '../../builders/recipes.ts';
import { waitUntil } from '../../builders/wait.ts';

/** A file of format 1 as it was first written; it has to be read for ever. */
const sample = { format: 'nunba-recipe', version: 1, ...aRecipe };

describe('a recipe file', () => {
  it('comes back as it was written', () => {
    expect(decodeRecipe(encodeRecipe(aRecipe))).toEqual({ kind: 'recipe', draft: aRecipe });
    expect(decodeRecipe(JSON.stringify(sample))).toEqual({ kind: 'recipe', draft: aRecipe });
  });

  it.each([
    ['no JSON', 'hello', /not a recipe that Nunba saved/],
    ['something else', '{"format":"nunba-agent","version":1}', 'The file holds no recipe of Nunba.'],
    ['a newer version', JSON.stringify({ ...sample, version: 2 }), /newer Nunba/],
    ['no steps', JSON.stringify({ ...sample, steps: [] }), /“steps” in the file/],
    ['a step of no kind', JSON.stringify({ ...sample, steps: [{ kind: 'shell' }] }), /“steps.0.kind” in the file/],
    [
      'two of a name',
      JSON.stringify({ ...sample, parameters: [...aRecipe.parameters, ...aRecipe.parameters] }),
      /same name/,
    ],
    [
      'nested without end',
      JSON.stringify(sample).replace('"query":"{{query}}"', `"query":${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      /nested too deeply/,
    ],
    ['too large', ' '.repeat(300_000), 'The file is larger than 256 kB.'],
  ])('is refused with one sentence: %s', (_, text, reason) => {
    const decoded = decodeRecipe(text);
    expect(decoded.kind === 'refused' ? decoded.reason : null).toMatch(reason);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.json(), (text) => void decodeRecipe(text)));
  });

  it('is looked at before it is kept: another agent, tools that it has not', async () => {
    const { ask, view } = await openTestRecipes();
    const foreign = { ...aRecipe, agentId: 'own-elsewhere' };
    expect(await ask('recipes.review', { text: encodeRecipe(foreign) })).toEqual({
      draft: aRecipe,
      missingTools: ['search', 'change'],
      isOtherAgent: true,
    });
    expect(view().recipes).toEqual([]);
    const refused = ask('recipes.review', { text: '{}' }).catch(failureOf);
    expect(await refused).toMatchObject({ kind: 'import-unreadable', reason: 'The file holds no recipe of Nunba.' });
  });
});

describe('recipes', () => {
  it('are kept, changed, saved as a file, deleted and brought back', async () => {
    const { ask, view } = await openTestRecipes();
    const { id } = await ask('recipes.create', aRecipe);
    await ask('recipes.update', { id, draft: { ...aRecipe, title: 'Zoo' } });
    expect(view().recipes).toMatchObject([{ id, title: 'Zoo', calls: 1 }]);
    expect(await ask('recipes.export', { id })).toEqual({
      fileName: 'zoo.nunba-recipe.json',
      text: encodeRecipe({ ...aRecipe, title: 'Zoo' }),
    });
    await ask('recipes.delete', { id });
    expect(await ask('recipes.delete', { id }).catch(failureOf)).toEqual({ kind: 'not-found', what: 'recipe' });
    expect((await ask('recipes.restore', { id })).title).toBe('Zoo');
  });

  it('are made from a finished answer', async () => {
    const open = await openTestRecipes();
    const { id } = await open.ask('recipes.create', aRecipe);
    const { conversationId } = await open.ask('recipes.run', { id, values: { query: 'boats' }, conversationId: null });
    const run = await open.newestRun(({ state }) => state === 'done');
    const messageId = run.messageId ?? '';
    const draft = await open.ask('recipes.fromAnswer', { messageId });
    expect(draft).toMatchObject({
      job: 'Look for {{query}}',
      parameters: [{ name: 'query', value: 'boats' }],
      steps: [
        { kind: 'tool', toolName: 'search', arguments: { query: '{{query}}' } },
        { kind: 'tool', toolName: 'change' },
        { kind: 'say', how: 'model' },
      ],
    });
    const sent = await open.call('thread.send', { conversationId, text: 'Thanks', attachmentIds: [] });
    await waitUntil(() => open.chat.runningTurns() === 0);
    const refused = open.ask('recipes.fromAnswer', { messageId: sent.assistantMessageId }).catch(failureOf);
    expect(await refused).toEqual({ kind: 'not-a-recipe' });
  });
});
