import { expect } from '@playwright/test';
import { knownPrograms } from '../../node-core/agents/models/discover-programs.ts';
import type { ModelServer } from '../doubles/model-server/start-model-server.ts';
import { test } from './fixtures.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, composer, countClicks, lastAnswer } from './person.ts';

const mostClicks = 3;

test.describe('from the first run to the first answer', () => {
  test('by a model found on this computer, in at most three clicks', async ({ startNode, openPage, startModels }) => {
    const { models, program } = await startWhereProgramsAre(startModels);
    const page = await openPage(await startNode());
    const clicks = await countClicks(page);

    const found = page.getByRole('list', { name: program, exact: true });
    await found.getByRole('button', { name: 'found-model' }).click();
    await expect(composer(page)).toBeFocused();
    await page.keyboard.type('Hello from the first run');
    await page.keyboard.press('Enter');

    await expect(lastAnswer(page)).toContainText('You wrote: Hello from the first run');
    await expect(lastAnswer(page)).toContainText('found-model on this computer');
    expect(await clicks()).toBeLessThanOrEqual(mostClicks);
    expect(models.prompts()).toHaveLength(1);
  });

  test('by a pasted address, in at most three clicks', async ({ startNode, openPage, models }) => {
    const page = await openPage(await startNode());
    const clicks = await countClicks(page);

    await page.getByRole('heading', { name: /Paste an address or a key/ }).click();
    const address = page.getByRole('textbox', { name: 'Address', exact: true });
    await address.click();
    await page.keyboard.insertText(`${models.url}/v1`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add and start chatting' }).click();
    await expect(composer(page)).toBeFocused();
    await page.keyboard.type('Hello by address');
    await page.keyboard.press('Enter');

    await expect(lastAnswer(page)).toContainText('You wrote: Hello by address');
    expect(await clicks()).toBeLessThanOrEqual(mostClicks);
  });

  test('by a model that the environment names, streamed', async ({ startNode, openPage, models }) => {
    const page = await openPage(
      await startNode({ environment: { ...environmentOf(models), HEVOLVE_LLM_MODEL_NAME: 'test-model' } }),
    );
    await expect(page.getByText('because the environment names it')).toBeVisible();
    await page.getByRole('button', { name: 'Start chatting' }).click();
    await composer(page).fill('play:long tokens:60 rate:20');
    await composer(page).press('Enter');

    await expect(lastAnswer(page)).toContainText('word2 ');
    await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'true');
    await answered(page);
    await expect(lastAnswer(page)).toContainText('word60');
  });

  test('by the Guide, with what holds for this computer, after Later', async ({ startNode, openPage }) => {
    const node = await startNode();
    const page = await openPage(node);
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).fill('Where are my chats kept?');
    await composer(page).press('Enter');

    await expect(lastAnswer(page)).toContainText(node.dataFolder);
    await expect(lastAnswer(page)).toContainText('Guide, from Nunba’s help on this computer');
    await expect(page.getByText('It is not a language model.')).toBeVisible();
  });
});

test.describe('the Test of an address', () => {
  test('names a missing /v1, and its fix works when clicked', async ({ startNode, openPage, models }) => {
    const page = await openPage(await startNode());
    await page.getByRole('heading', { name: /Paste an address or a key/ }).click();
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill(models.url);
    await page.getByRole('button', { name: 'Test', exact: true }).click();

    await expect(page.getByText('it lacks /v1 at its end')).toBeVisible();
    await page.getByRole('button', { name: `Use ${models.url}/v1` }).click();
    await expect(page.getByText('It answers, and offers 2 models.')).toBeVisible();
    await page.getByRole('button', { name: 'Add and start chatting' }).click();
    await composer(page).fill('Hello after the fix');
    await composer(page).press('Enter');
    await expect(lastAnswer(page)).toContainText('You wrote: Hello after the fix');
  });

  test('asks for the key that the address wants', async ({ startNode, openPage, startModels }) => {
    const models = await startModels({ key: 'right-key' });
    const page = await openPage(await startNode());
    await page.getByRole('heading', { name: /Paste an address or a key/ }).click();
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${models.url}/v1`);
    await page.keyboard.press('Enter');

    await expect(page.getByText(/127\.0\.0\.1\S* wants a key\./)).toBeVisible();
    await page.getByRole('button', { name: 'Enter a key' }).click();
    const key = page.getByRole('textbox', { name: 'Key, if the address asks for one' });
    await expect(key).toBeFocused();
    await page.keyboard.insertText('wrong-key');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/127\.0\.0\.1\S* refused the key\./)).toBeVisible();

    await key.fill('right-key');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add and start chatting' }).click();
    await composer(page).fill('Hello with a key');
    await composer(page).press('Enter');
    await expect(lastAnswer(page)).toContainText('You wrote: Hello with a key');
  });
});

type StartModels = (options: { port: number; models: readonly string[] }) => Promise<ModelServer>;

/** Starts a server of models where one of the known programs usually is. */
async function startWhereProgramsAre(start: StartModels): Promise<{ models: ModelServer; program: string }> {
  for (const { port, name } of knownPrograms) {
    const models = await start({ port, models: ['found-model'] }).catch(() => null);
    if (models) return { models, program: name };
  }
  const ports = knownPrograms.map(({ port }) => port).join(', ');
  throw new Error(`Every port where a program is looked for is taken: ${ports}. Stop one of those programs.`);
}
