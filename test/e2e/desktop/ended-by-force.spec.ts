import process from 'node:process';
import { expect } from '@playwright/test';
import { ask, composer } from '../person.ts';
import { test } from './fixture.ts';
import { processesOf } from './processes-of.ts';

test('an app that is ended by force leaves no process behind, and starts again on its data', async ({ desktop }) => {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await ask(page, 'Where are my chats kept?', desktop.dataFolder);
  const node = desktop.nodePid();

  await desktop.kill();
  await expect.poll(() => processesOf(desktop.home), { timeout: 30_000 }).toEqual([]);
  await expect(() => expect(() => process.kill(node, 0)).toThrow()).toPass({ timeout: 30_000 });

  await desktop.launch();
  const again = await desktop.page();
  await expect(composer(again)).toBeVisible();
  const chats = again.getByRole('navigation', { name: 'Agents and conversations' });
  await expect(chats.getByText('Where are my chats kept?')).toBeVisible();
});
