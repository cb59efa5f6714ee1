import process from 'node:process';
import { expect, type Locator, type Page } from '@playwright/test';
import { test as base, waitUntilReady } from './fixtures.ts';
import { copyProgram, firstWords, killEngine, type LocalModelProgram, lastWord } from './local-model-program.ts';
import { lookerAt, resize, usualSize } from './look.ts';
import { type ModelGround, takeModelsFromMirror, withModelGround } from './model-ground.ts';
import { answered, composer, countClicks, lastAnswer, send, showSettings } from './person.ts';

interface Fixtures {
  readonly ground: ModelGround & { readonly program: LocalModelProgram };
  /** The page of that node at the welcome. */
  readonly welcome: Page;
}

const test = base.extend<Fixtures>({
  ground: async ({ home, startNode }, use) => {
    const program = copyProgram(home);
    // So that there is time to pause it.
    const order = { program, file: program.model, seconds: 4, startNode };
    await withModelGround(order, (ground) => use({ ...ground, program }));
  },

  welcome: async ({ ground, openPage }, use) => {
    const page = await openPage(ground.node);
    await takeModelsFromMirror(page, ground);
    await use(page);
  },
});

test('one click on a model, a pause and a reload in the middle, and it answers; it is stopped, killed, and answers again', async ({
  ground,
  welcome,
}) => {
  test.setTimeout(180_000);
  const { program, models, registry } = ground;
  const card = cardOf(welcome, program.name);
  expect([models.requests.length, registry.asked.length]).toEqual([0, 0]);

  const clicks = await countClicks(welcome);
  await card.getByRole('button', { name: `Get ${program.name}` }).click();
  await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  expect(await clicks()).toBe(1);
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByText('Paused')).toBeVisible();

  await welcome.reload();
  await waitUntilReady(welcome);
  await expect(card.getByText('Paused')).toBeVisible();
  expect(models.requests.length).toBe(1);
  await card.getByRole('button', { name: 'Continue' }).click();
  await expect(composer(welcome)).toBeFocused({ timeout: 60_000 });
  expect(models.requests.map(({ range }) => range)).toEqual([null, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  expect(registry.asked.length).toBeGreaterThan(0);

  await send(welcome, 'Who are you?');
  await expect(lastAnswer(welcome)).toContainText(firstWords, { timeout: 60_000 });
  await answered(welcome);
  await expect(lastAnswer(welcome)).toContainText(lastWord);
  await expect(lastAnswer(welcome)).toContainText(`${program.name} on this computer`);

  await welcome.keyboard.press('Control+n');
  await send(welcome, 'Go on until I stop you');
  await expect(lastAnswer(welcome)).toContainText(firstWords);
  await welcome.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(lastAnswer(welcome)).toContainText('You stopped this answer.');
  await expect(lastAnswer(welcome)).not.toContainText(lastWord);

  await welcome.keyboard.press('Control+n');
  await send(welcome, 'Go on until you are killed');
  await expect(lastAnswer(welcome)).toContainText(firstWords);
  if (process.platform === 'win32') return;
  killEngine(program);
  await expect(lastAnswer(welcome)).toContainText(
    `The answer broke off: the program that runs ${program.name} on this computer has stopped.`,
  );
  await expect(lastAnswer(welcome)).toContainText(firstWords);
  await lastAnswer(welcome).getByRole('button', { name: 'Retry' }).click();
  await expect(lastAnswer(welcome)).toContainText(lastWord);
  await answered(welcome);
  await expect(welcome.getByText('The answer broke off')).toBeHidden();
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`the look, ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('of the third door, and of the settings with a model', async ({ ground, welcome, picture }) => {
      test.setTimeout(180_000);
      await resize(welcome, usualSize);
      const look = lookerAt(welcome, theme, picture);
      const card = cardOf(welcome, ground.program.name);
      await card.scrollIntoViewIfNeeded();
      await look('local-model-door');
      await card.getByRole('button', { name: `Get ${ground.program.name}` }).click();
      await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
      await card.getByRole('button', { name: 'Pause' }).click();
      await expect(card.getByText('Paused')).toBeVisible();
      await look('local-model-paused');
      await card.getByRole('button', { name: 'Continue' }).click();
      await expect(composer(welcome)).toBeFocused({ timeout: 60_000 });
      const settings = await showSettings(welcome, 'Models');
      await expect(settings.getByText('Is on this computer')).toBeVisible();
      await settings.getByRole('heading', { name: 'Local models' }).scrollIntoViewIfNeeded();
      await look('settings-local-models');
      await settings.getByRole('heading', { name: 'Model files on this computer' }).scrollIntoViewIfNeeded();
      await look('settings-local-files');
    });
  });
}

/** The card of a model, in the door or in the settings. */
const cardOf = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
