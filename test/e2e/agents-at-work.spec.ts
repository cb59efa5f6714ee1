import { expect } from '@playwright/test';
import { calls, type Reply, says } from '../doubles/model-server/reply.ts';
import { attach, textFile } from './attach-files.ts';
import { test } from './fixtures.ts';
import { answered, ask, chatWith, composer, lastAnswer, send } from './person.ts';

test.describe('the Researcher', () => {
  test('looks into chats with a tool that can be seen: what it asked and what came of it', async ({ chatPage }) => {
    await ask(chatPage, 'The zebra lives in the attic', 'You wrote: The zebra');
    await chatWith(chatPage, 'Researcher');
    await send(chatPage, 'play:tools-well find:zebra');

    const tool = lastAnswer(chatPage).getByRole('group').filter({ hasText: 'Searched your chats' });
    await expect(tool).toContainText('done');
    await tool.getByText('Searched your chats').click();
    await expect(tool.getByRole('figure', { name: 'Asked with: query' })).toHaveText('zebra');
    await expect(tool).toContainText('lives in the attic');
    await expect(lastAnswer(chatPage)).toContainText('The tool answered:');
    await answered(chatPage);
  });

  test('quotes a file, and the quotation is compared with its line', async ({ chatPage, models }) => {
    await chatWith(chatPage, 'Researcher');
    await attach(chatPage, textFile('lease.txt', 'The rent is due on the third.\nNothing else.\n'));
    models.script(() => quoting('The rent is due on the third. [lease.txt:1]'));
    await send(chatPage, 'When is the rent due?');

    const quotations = lastAnswer(chatPage).getByRole('region', { name: 'Quotations' });
    await expect(quotations).toContainText(/1 of 1 quotations? stands? in/);
    await expect(quotations).toContainText('The rent is due on the third.');
    await expect(quotations).toContainText('lease.txt, line 1 · found there');
    await quotations.getByRole('button').click();
    await expect(chatPage.getByRole('dialog')).toContainText('Nothing else.');
  });

  test('is told when a quotation does not stand in its source', async ({ chatPage, models }) => {
    await chatWith(chatPage, 'Researcher');
    models.script(() => quoting('made up by the model [nowhere.txt:3]'));
    await send(chatPage, 'What does it say?');
    await expect(lastAnswer(chatPage)).toContainText(/0 of 1 quotations? stands? in/);
    await expect(lastAnswer(chatPage)).toContainText('not found there');
  });
});

test.describe('tools that go wrong', () => {
  test('wrong arguments are answered to the model, and the answer comes', async ({ chatPage }) => {
    await chatWith(chatPage, 'Researcher');
    await send(chatPage, 'play:tools-wrong');
    await expect(lastAnswer(chatPage)).toContainText('I give up on tools; here is an answer.');
    await expect(lastAnswer(chatPage).getByText('failed', { exact: true })).toHaveCount(3);
  });

  test('an agent that would use them for ever is stopped with a sentence', async ({ chatPage, models }) => {
    await chatWith(chatPage, 'Researcher');
    await send(chatPage, 'play:tools-forever');
    await expect(lastAnswer(chatPage)).toContainText(
      'The agent used its tools 50 times without finishing and was stopped.',
    );
    await answered(chatPage);
    expect(models.prompts().length).toBeLessThanOrEqual(51);
  });

  test('an agent without that tool does not get it', async ({ chatPage, models }) => {
    await chatWith(chatPage, 'Coder');
    let round = 0;
    models.script(() => {
      round += 1;
      return round === 1 ? calls('format_disk', { drive: 'c' }) : says('Never mind.');
    });
    await send(chatPage, 'Format it');
    await expect(lastAnswer(chatPage)).toContainText('Never mind.');
    await expect(lastAnswer(chatPage).getByText('failed', { exact: true })).toBeVisible();
  });
});

test('the Planner leaves a checklist that is edited and kept', async ({ chatPage }) => {
  await chatWith(chatPage, 'Planner');
  await send(chatPage, 'play:checklist Plan a party');
  const plan = chatPage.getByRole('complementary', { name: 'Plan' });
  await expect(plan).toContainText('1 of 3');
  if ((await plan.getByRole('button', { name: /^Plan/ }).getAttribute('aria-expanded')) === 'false') {
    await plan.getByRole('button', { name: /^Plan/ }).click();
  }
  await plan.getByRole('checkbox', { name: 'Choose a day' }).check();
  await expect(plan).toContainText('2 of 3');
  await plan.getByText('Invite everybody').click();
  await plan.getByRole('textbox', { name: 'Edit the step' }).fill('Invite only friends');
  await chatPage.keyboard.press('Enter');
  await plan.getByRole('textbox', { name: 'New step' }).fill('Buy lemonade');
  await chatPage.keyboard.press('Enter');
  await expect(plan).toContainText('2 of 4');
  await answered(chatPage);

  await chatPage.reload();
  await expect(composer(chatPage)).toBeVisible();
  await expect(plan).toContainText('2 of 4');
  if ((await plan.getByRole('button', { name: /^Plan/ }).getAttribute('aria-expanded')) === 'false') {
    await plan.getByRole('button', { name: /^Plan/ }).click();
  }
  await expect(plan.getByRole('checkbox', { name: 'Choose a day' })).toBeChecked();
  await expect(plan.getByRole('checkbox', { name: 'Invite only friends' })).not.toBeChecked();
  await expect(plan.getByRole('checkbox', { name: 'Buy lemonade' })).not.toBeChecked();
});

/** An answer that rests on one quotation. */
function quoting(line: string): Reply {
  return { kind: 'stream', pieces: [{ kind: 'text', text: `It says:\n\n> ${line}\n` }], rate: null, ending: 'finish' };
}
