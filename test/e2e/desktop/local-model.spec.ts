import path from 'node:path';
import { expect } from '@playwright/test';
import { writeTinyModel } from '../../builders/tiny-gguf.ts';
import { startEngineMirror } from '../../doubles/engine-mirror.ts';
import { expectAccessible } from '../look.ts';
import { answered, chatWith, composer, lastAnswer, send, showSettings } from '../person.ts';
import { test } from './fixture.ts';

const sentence = 'Good morning from a model that the shell has started.';

test('a model file of the person answers from an engine that the shell starts', async ({ newDesktop }) => {
  test.setTimeout(180_000);
  const registry = await startEngineMirror();
  try {
    const desktop = newDesktop({ environment: { NUNBA_ENGINE_REGISTRY: registry.url.href } });
    await desktop.launch();
    const page = await desktop.page();
    const file = path.join(desktop.home, 'my own.gguf');
    writeTinyModel(file, { says: sentence, ends: true, contextTokens: 8_192 });

    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).waitFor();
    const settings = await showSettings(page, 'Models');
    await settings.getByRole('button', { name: 'Choose a file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pick a file' });
    await dialog.getByRole('textbox', { name: 'Or by its path' }).fill(desktop.home);
    await dialog.getByRole('textbox', { name: 'Or by its path' }).press('Enter');
    const row = dialog.getByRole('button', { name: /^my own\.gguf/ });
    await row.waitFor();
    await expectAccessible(page, 'a model file is picked');
    await row.focus();
    await page.keyboard.press('Enter');
    expect(registry.asked).toEqual([]);
    await settings.getByRole('button', { name: 'Let Tiny answer' }).click();
    await expect(settings.getByText(/answers, because you chose it/)).toBeVisible({ timeout: 90_000 });
    expect(registry.asked.length).toBeGreaterThan(0);

    await chatWith(page, 'Nunba');
    await send(page, 'Who are you?');
    await expect(lastAnswer(page)).toContainText(sentence, { timeout: 60_000 });
    await answered(page);
    await expect(lastAnswer(page)).toContainText('Tiny on this computer');
  } finally {
    await registry.close();
  }
});
