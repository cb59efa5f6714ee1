import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { RecipeDraftView } from '../../node-core/api/recipe-views.ts';
import { test } from './fixtures.ts';
import { giveHands } from './hands-person.ts';
import { type Look, lookerInBothThemes, resize, usualSize } from './look.ts';
import { environmentOf } from './model-fixture.ts';
import { nodeCalls } from './node-calls.ts';
import { showSettings, startChatting } from './person.ts';

/** A recipe that reads a file, which is there or not, and asks a model what to look for. */
const recipe = (agentId: string, title: string, file: string): RecipeDraftView => ({
  title,
  agentId,
  job: 'Read {{file}}',
  parameters: [{ name: 'file', type: 'path', value: file }],
  steps: [
    { kind: 'tool', toolName: 'read_file', purpose: 'Read it', arguments: { path: '{{file}}' } },
    { kind: 'decide', toolName: 'search_files', purpose: 'Look for more', arguments: { words: 'rent' } },
    { kind: 'say', how: 'template', text: 'It is read.' },
  ],
  firstCalls: 3,
});

async function lookAtRecipes(page: Page, look: Look): Promise<void> {
  const settings = await showSettings(page, 'Recipes');
  await expect(settings).toContainText('stopped at a step');
  await look('recipes-list');
  const more = settings.getByRole('button', { name: 'More for Read what is not there' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(page.getByRole('dialog', { name: 'Edit the recipe' })).toBeVisible();
  await look('recipes-editor');
  await page.keyboard.press('Escape');
  await more.click();
  await page.getByRole('menuitem', { name: 'Run on a schedule' }).click();
  await expect(page.getByText(/^Next: .+ · .+ · .+/)).toBeVisible();
  await look('recipes-schedule');
  await page.keyboard.press('Escape');
}

async function lookAtAgents(page: Page, look: Look): Promise<void> {
  const settings = await showSettings(page, 'Agents');
  await settings.getByRole('button', { name: 'New agent' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  await look('agents-form');
  await page.keyboard.press('Escape');
  await settings.getByRole('button', { name: 'More for Organiser' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as a file' }).click();
  const file = await (await download).path();
  const choosing = page.waitForEvent('filechooser');
  await settings.getByRole('button', { name: 'From a file' }).click();
  await (await choosing).setFiles({ name: 'a.json', mimeType: 'application/json', buffer: fs.readFileSync(file) });
  await expect(page.getByRole('dialog', { name: 'Add Organiser?' })).toBeVisible();
  await look('agents-import');
  await page.keyboard.press('Escape');
}

async function lookAtKnowledge(page: Page, look: Look, home: string): Promise<void> {
  const settings = await showSettings(page, 'Knowledge');
  await settings.getByRole('button', { name: 'New collection' }).click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  const field = dialog.getByRole('textbox', { name: 'Folder or file' });
  await field.fill(path.join(home, 'nowhere'));
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not there');
  await look('knowledge-refused');
  await field.fill(path.join(home, 'Notes'));
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await expect(settings).toContainText('1 file');
  fs.renameSync(path.join(home, 'Notes'), path.join(home, 'Notes elsewhere'));
  await settings.getByRole('button', { name: 'More for Notes' }).click();
  await page.getByRole('menuitem', { name: 'Read everything anew' }).click();
  await expect(settings).toContainText('Not there now:');
  await look('knowledge-missing');
}

test('recipes, agents and knowledge with what can be wrong with them', async ({
  startNode,
  openPage,
  models,
  home,
  picture,
}) => {
  const node = await startNode({ environment: environmentOf(models) });
  const page = await openPage(node);
  await startChatting(page);
  await resize(page, usualSize);
  const look = lookerInBothThemes(page, picture);
  const { agentId, folder } = await giveHands(page, node, home);
  fs.mkdirSync(path.join(home, 'Notes'));
  fs.writeFileSync(path.join(home, 'Notes', 'lease.txt'), 'The rent is due on the third.\n');
  const client = await nodeCalls(page, node.address);
  const file = path.join(folder, 'gone.txt');
  const { id } = await client.call('recipes.create', recipe(agentId, 'Read what is not there', file));
  await client.call('recipes.run', { id, values: { file }, conversationId: null });
  const plan = { rhythm: { kind: 'weekly', day: 1, at: '08:00' }, zone: 'Europe/Berlin', missed: 'skip' } as const;
  await client.call('schedules.create', { recipeId: id, plan: { ...plan, values: { file } } });
  client.close();

  await lookAtRecipes(page, look);
  await lookAtAgents(page, look);
  await lookAtKnowledge(page, look, home);
});
