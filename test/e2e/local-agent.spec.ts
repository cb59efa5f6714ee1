import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { writeTinyAgent } from '../builders/tiny-agent-gguf.ts';
import { test as base } from './fixtures.ts';
import { answer, namesIn, question } from './hands-person.ts';
import { copyProgram, type LocalModelProgram } from './local-model-program.ts';
import { lookerAt, resize, usualSize } from './look.ts';
import { type ModelGround, takeModelsFromMirror, withModelGround } from './model-ground.ts';
import { answered, chatWith, composer, countClicks, lastAnswer, send } from './person.ts';

const content = 'Buy milk.\nCall Ann.';
const words = Array.from({ length: 80 }, (_, index) => `w${index + 1}`);

/** Says many words; writes a list when it is asked to, and tells what came of it. */
const writeModel =
  (contextTokens: number) =>
  (file: string): void =>
    void writeTinyAgent(file, {
      contextTokens,
      says: words.join(' '),
      rules: [
        {
          kind: 'call',
          seen: 'write it down',
          tool: 'write_file',
          arguments: JSON.stringify({ path: 'list.txt', content, find: null, replace: null }),
        },
        { kind: 'say', seen: 'wrote list.txt', says: 'Your list is there.' },
        { kind: 'say', seen: 'did not allow', says: 'Then it stays unwritten.' },
      ],
    });

interface Ground extends ModelGround {
  readonly program: LocalModelProgram;
}

const test = base.extend<{ contextTokens: number; ground: Ground; welcome: Page }>({
  contextTokens: [16_384, { option: true }],

  ground: async ({ home, startNode, contextTokens }, use) => {
    const program = copyProgram(home, writeModel(contextTokens));
    await withModelGround({ program, file: program.model, startNode }, (ground) => use({ ...ground, program }));
  },

  welcome: async ({ ground, openPage }, use) => {
    const page = await openPage(ground.node);
    const client = await takeModelsFromMirror(page, ground);
    client.close();
    await use(page);
  },
});

/** A prompt is many tokens to a model that knows few words. */
const slow = { timeout: 120_000 };

async function whole(page: Page): Promise<void> {
  await expect(lastAnswer(page)).toContainText('w80', slow);
  await answered(page);
}

async function getModel(page: Page, { name }: LocalModelProgram): Promise<void> {
  await page.getByRole('button', { name: `Get ${name}` }).click();
  await expect(composer(page)).toBeFocused({ timeout: 60_000 });
}

async function pickFolder(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Folders', exact: true }).click();
  await page.getByRole('button', { name: 'Add a folder to this chat' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pick a folder' });
  await dialog.getByRole('textbox', { name: 'Or by its path' }).fill(path.dirname(folder));
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: path.basename(folder), exact: true }).press('Enter');
  await dialog.getByRole('button', { name: `Let agents see “${path.basename(folder)}”` }).click();
  await expect(page.getByRole('button', { name: '1 folder' })).toBeVisible();
}

test('without any other program for models: one click, a streamed answer, and an agent that writes what it may', async ({
  ground: { program },
  welcome: page,
  home,
}) => {
  test.setTimeout(480_000);
  const clicks = await countClicks(page);
  await getModel(page, program);
  expect(await clicks()).toBe(1);

  await send(page, 'Who are you?');
  await expect(lastAnswer(page)).toContainText('w1 w2 w3', slow);
  await whole(page);
  await expect(lastAnswer(page)).toContainText(`${program.name} on this computer`);

  const folder = path.join(home, 'Papers');
  fs.mkdirSync(folder);
  for (const [said, says, files] of [
    ['Don’t allow', 'Then it stays unwritten.', []],
    ['Allow once', 'Your list is there.', ['list.txt']],
  ] as const) {
    await chatWith(page, 'Organiser');
    await pickFolder(page, folder);
    await send(page, 'Please write it down');
    const card = question(page, 'Write the new file list.txt in Papers');
    await expect(card).toContainText('Call Ann.', slow);
    expect(namesIn(folder)).toEqual([]);
    await answer(card, said);
    await expect(lastAnswer(page)).toContainText(says, slow);
    await answered(page);
    expect(namesIn(folder)).toEqual(files);
  }
  expect(fs.readFileSync(path.join(folder, 'list.txt'), 'utf8')).toBe(content);
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`a short context, ${theme}`, () => {
    test.use({ contextTokens: 4_096, colorScheme: theme });

    test('is told when it is full, and a new chat is one click away', async ({
      ground: { program },
      welcome: page,
      picture,
    }) => {
      test.setTimeout(180_000);
      await resize(page, usualSize);
      await getModel(page, program);
      await chatWith(page, 'Writer');
      await send(page, 'Tell me a story');
      await whole(page);
      const long = 'zyx '.repeat(900);
      await send(page, long);
      await expect(lastAnswer(page)).toContainText('The conversation has become too long for');
      await lookerAt(page, theme, picture)('context-full');
      await lastAnswer(page).getByRole('button', { name: 'Start a new chat' }).click();
      await expect(page.getByRole('textbox', { name: 'Message Writer' })).toBeFocused();
      await send(page, 'Tell me another');
      await whole(page);
    });
  });
}
