import { expect } from '@playwright/test';
import { attach, chooseFiles, textFile, tray } from './attach-files.ts';
import { test } from './fixtures.ts';
import { answered, composer, lastAnswer, prompts } from './person.ts';

/** A red dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

test('a text goes with the message to the model, and can be looked at', async ({ chatPage, models }) => {
  const text = 'The first line.\nThe second line has a zebra.\n';
  await attach(chatPage, textFile('notes.txt', text));
  await composer(chatPage).fill('What does it say?');
  await composer(chatPage).press('Enter');

  await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
  expect(JSON.stringify(models.prompts().at(-1)?.body)).toContain('The second line has a zebra.');
  await prompts(chatPage)
    .last()
    .getByRole('button', { name: /notes\.txt/ })
    .click();
  await expect(chatPage.getByRole('dialog')).toContainText('The second line has a zebra.');
});

test('a picture goes to a model that sees', async ({ chatPage, models }) => {
  await chatPage.getByRole('button', { name: 'Model: test-model' }).click();
  await chatPage.getByRole('menuitemradio', { name: /test-model-vision/ }).click();
  await attach(chatPage, { name: 'dot.png', mimeType: 'image/png', buffer: png });
  await composer(chatPage).fill('What do you see?');
  await composer(chatPage).press('Enter');

  await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
  expect(JSON.stringify(models.prompts().at(-1)?.body)).toContain('image_url');
  await prompts(chatPage)
    .last()
    .getByRole('button', { name: /dot\.png/ })
    .click();
  await expect(chatPage.getByRole('dialog').getByRole('img')).toBeVisible();
});

test('a picture does not go to a model that is not known to see', async ({ chatPage, models }) => {
  await attach(chatPage, { name: 'dot.png', mimeType: 'image/png', buffer: png });
  await composer(chatPage).fill('What do you see?');
  await composer(chatPage).press('Enter');

  await expect(chatPage.getByText('test-model is not known to read pictures.')).toBeVisible();
  expect(models.prompts()).toHaveLength(0);
});

test('what is too large or no text is refused in one sentence, and the rest stays', async ({ chatPage }) => {
  const large = Buffer.alloc(2 * 1024 * 1024 + 1, 'a');
  await chooseFiles(chatPage, 'Attach files', { name: 'large.txt', mimeType: 'text/plain', buffer: large });
  await expect(chatPage.getByText('large.txt is too large: 2.0 MB, at most 2.0 MB.').first()).toBeVisible();
  await chooseFiles(chatPage, 'Attach files', { name: 'song.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('ID3') });
  await expect(chatPage.getByText('“song.mp3” cannot be attached.').first()).toBeVisible();
  await chooseFiles(chatPage, 'Attach files', {
    name: 'binary.bin',
    mimeType: '',
    buffer: Buffer.from([0, 1, 2, 3, 0, 255]),
  });
  await expect(tray(chatPage)).toContainText('“binary.bin” cannot be attached.');
  await chatPage.getByRole('button', { name: 'Remove binary.bin' }).click();
  await expect(tray(chatPage)).toBeHidden();

  await attach(chatPage, textFile('small.txt', 'small'));
  await composer(chatPage).fill('Only this');
  await composer(chatPage).press('Enter');
  await expect(prompts(chatPage).last()).toContainText('small.txt');
  await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
  await answered(chatPage);
});
