import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { writeTinyEmbeddingModel } from '../builders/tiny-embedding-gguf.ts';
import { test as base } from './fixtures.ts';
import { changeEmbeddings, copyProgram } from './local-model-program.ts';
import { lookerAt, resize, usualSize } from './look.ts';
import { type ModelGround, takeModelsFromMirror, withModelGround } from './model-ground.ts';
import { showSettings } from './person.ts';

interface Fixtures {
  /** A program whose first model for embeddings is tiny, mirrors that have it and the engine, and a folder of notes. */
  readonly ground: ModelGround & { readonly name: string; readonly notes: string };
  /** The page of that node, with a collection of these notes. */
  readonly started: Page;
}

const test = base.extend<Fixtures>({
  ground: async ({ home, startNode }, use) => {
    const program = copyProgram(home);
    const file = path.join(home, 'meaning.gguf');
    writeTinyEmbeddingModel(file, {
      meanings: [['car', 'automobile'], ['garage'], ['kitten', 'cat']],
      contextTokens: 256,
    });
    const model = fs.readFileSync(file);
    const name = changeEmbeddings(program, {
      sizeBytes: model.length,
      sha256: createHash('sha256').update(model).digest('hex'),
      url: 'https://models.example/meaning.gguf',
    });
    const notes = path.join(home, 'Notes');
    fs.mkdirSync(notes);
    fs.writeFileSync(path.join(notes, 'garage.md'), 'Remember\n\nThe automobile stands in the garage.\n');
    fs.writeFileSync(path.join(notes, 'pets.md'), 'The kitten sleeps.\n');
    const order = { program, file: model, seconds: 3, startNode };
    await withModelGround(order, (ground) => use({ ...ground, name, notes }));
  },

  started: async ({ ground, openPage }, use) => {
    const page = await openPage(ground.node);
    const client = await takeModelsFromMirror(page, ground);
    await client.call('knowledge.create', { name: 'Notes', path: ground.notes });
    await use(page);
  },
});

const cardOf = (settings: Locator, name: string): Locator =>
  settings.getByRole('listitem').filter({ has: settings.page().getByRole('heading', { name }) });

async function search(page: Page, words: string): Promise<Locator> {
  const settings = await showSettings(page, 'Knowledge');
  await settings.getByRole('searchbox', { name: 'Words' }).fill(words);
  return settings;
}

/** Gets the model with one click and waits until it searches. */
async function getModel(page: Page, name: string): Promise<Locator> {
  const settings = await showSettings(page, 'Models');
  const card = cardOf(settings, name);
  await card.getByRole('button', { name: `Get ${name}` }).click();
  await expect(card.getByText('Searches by meaning')).toBeVisible({ timeout: 60_000 });
  return card;
}

test('a model for the search by meaning is got, paused and continued; a question with other words finds the file', async ({
  ground,
  started: page,
}) => {
  test.setTimeout(180_000);
  const { name, models, registry } = ground;
  const before = await search(page, 'car');
  await expect(before.getByText('Searched by words.')).toBeVisible();
  await expect(before.getByText('Nothing holds these words.')).toBeVisible();
  expect([models.requests.length, registry.asked.length]).toEqual([0, 0]);

  await before.getByRole('button', { name: 'Search by meaning' }).click();
  const card = cardOf(page.getByRole('main'), name);
  await card.getByRole('button', { name: `Get ${name}` }).click();
  await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByText('Paused')).toBeVisible();
  await card.getByRole('button', { name: 'Continue' }).click();
  await expect(card.getByText('Searches by meaning')).toBeVisible({ timeout: 60_000 });

  const after = await search(page, 'car');
  await expect(after.getByText('Searched by words and meaning.')).toBeVisible({ timeout: 30_000 });
  // Without another key: it is searched anew when all is read.
  await expect(after.getByRole('button', { name: /garage\.md/ })).toBeVisible({ timeout: 40_000 });
  await after.getByRole('button', { name: /garage\.md/ }).click();
  await expect(page.getByRole('dialog').getByText('The automobile stands in the garage.')).toBeVisible();
  await page.keyboard.press('Escape');

  const settings = await showSettings(page, 'Models');
  const used = cardOf(settings, name);
  await used.getByRole('button', { name: `Remove ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(used.getByRole('button', { name: `Get ${name}` })).toBeVisible();
  const gone = await search(page, 'my car');
  await expect(gone.getByText('Nothing holds these words.')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`the look, ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('of the models that search by meaning, and of a collection that is searched so', async ({
      ground,
      started: page,
      picture,
    }) => {
      test.setTimeout(180_000);
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      const card = await getModel(page, ground.name);
      await card.scrollIntoViewIfNeeded();
      await look('settings-meaning');
      const settings = await search(page, 'car');
      await expect(settings.getByText('Searched by words and meaning.')).toBeVisible({ timeout: 30_000 });
      await expect(settings.getByRole('button', { name: /garage\.md/ })).toBeVisible({ timeout: 40_000 });
      await look('settings-knowledge-meaning');
    });
  });
}
