import { expect } from '@playwright/test';
import { answered, composer, lastAnswer, send } from '../person.ts';
import { test } from './fixture.ts';

test.describe('the state of the node', () => {
  test('Pause stops a streaming answer with what came; what is written stays; Resume carries on', async ({
    chatDesktop: { page },
    models,
  }) => {
    await send(page, 'play:stall');
    await expect(lastAnswer(page)).toContainText('This answer');
    await page.getByRole('button', { name: 'Pause agents' }).click();
    await expect(lastAnswer(page)).toContainText('You stopped this answer.');
    await expect(lastAnswer(page)).toContainText('This answer');
    expect(await models.prompts()[0]?.over).toBe(true);

    await expect(page.getByText(/What you write stays here/)).toBeVisible();
    await send(page, 'And this?');
    await expect(composer(page)).toHaveValue('And this?');
    expect(models.prompts()).toHaveLength(1);

    await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
    await expect(page.getByText('Agents are paused')).toHaveCount(0);
    await composer(page).press('Enter');
    await expect(lastAnswer(page)).toContainText('You wrote: And this?');
    await answered(page);
  });

  test('a pause outlives the app', async ({ chatDesktop: { desktop, page } }) => {
    await page.getByRole('button', { name: 'Pause agents' }).click();
    await expect(page.getByText('Agents are paused').first()).toBeVisible();
    const again = await desktop.relaunch();
    await expect(again.getByText('Agents are paused').first()).toBeVisible();
    await again.getByRole('button', { name: 'Resume agents' }).click();
    await expect(again.getByText('Working alone, all well')).toBeVisible();
  });

  test('a model that cannot be reached is said after it was asked, and taken back when it answers', async ({
    chatDesktop: { page },
    models,
    startModels,
  }) => {
    await expect(page.getByText('Working alone, all well')).toBeVisible();
    await models.stop();
    await send(page, 'Anybody there?');
    await expect(page.getByText('test-model does not answer')).toBeVisible();
    await expect(page.locator('svg[data-state="degraded"]').first()).toBeVisible();

    await startModels({ port: models.port });
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText('Working alone, all well')).toBeVisible();
  });
});
