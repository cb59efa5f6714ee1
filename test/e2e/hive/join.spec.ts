import { expect, type Page } from '@playwright/test';
import { environmentOf } from '../model-fixture.ts';
import { ask, composer, countClicks, startChatting } from '../person.ts';
import { type Hive, type HiveNode, test, withoutInvite } from './hive-fixture.ts';
import { heading, healthy, join, review, row, toEnter } from './hive-person.ts';

const waiting = (page: Page) => page.getByText('Waiting for a steward to agree');

async function memberByInvite(page: Page, hive: Hive, central: HiveNode): Promise<void> {
  await toEnter(page);
  await review(page, await hive.invite(central));
  await join(page);
  await healthy(page);
}

test.describe('joining a hive of real processes', () => {
  test.setTimeout(240_000);

  test('by an invite: three clicks from a chat to a hive that is well, and who can stop what is said', async ({
    hive,
    models,
    startNode,
    openPage,
  }, testInfo) => {
    const central = await hive.startCentral();
    const link = await hive.invite(central);
    const page = await openPage(await startNode({ environment: environmentOf(models) }));
    await startChatting(page);
    await ask(page, 'Hello', 'this is the answer');
    const clicks = await countClicks(page);
    const startedAt = Date.now();
    await row(page, 'Trust').click();
    await page.getByRole('button', { name: 'Join a hive' }).click();
    await review(page, link);
    await expect(page.getByText(/stewards can stop all agents on this computer, your own chats too/)).toBeVisible();
    await expect(page.getByText((await hive.words(central)).split(' ')[0] ?? '')).toBeVisible();
    await join(page);
    await healthy(page);
    testInfo.annotations.push({ type: 'invite to healthy, ms', description: String(Date.now() - startedAt) });
    expect(await clicks()).toBeLessThanOrEqual(3);
    await expect(heading(page, /^You are in/)).toBeVisible();
    for (const step of ['Keys ready', 'Challenge answered', /^Certificate received/, 'Federation key set']) {
      await expect(page.getByText(step).first()).toBeVisible();
    }
    await page.getByRole('button', { name: 'See who can read what' }).click();
    await expect(page.getByText(/until they resume or you leave/)).toBeVisible();
    await expect(page.getByText(/renews itself on/).first()).toBeVisible();
    await page.getByRole('region', { name: 'Agents' }).getByRole('button', { name: 'Nunba' }).click();
    await ask(page, 'Still there?', 'this is the answer');
  });

  test('behind a regional, as a local', async ({ hive, home, startNode, openPage }) => {
    const central = await hive.startCentral();
    const folder = `${home}/regional`;
    await hive.command({ dataFolder: folder }, 'join', await hive.invite(central, '--may-issue'), '--yes');
    const regional = await hive.startReachable(folder);
    const page = await openPage(await startNode());
    await toEnter(page);
    await review(page, await hive.invite(regional));
    await expect(page.getByText(/the regional server is its parent/)).toBeVisible();
    await join(page);
    await healthy(page);
    await row(page, 'Trust').click();
    await expect(page.getByText('This computer · Local')).toBeVisible();
    await expect(page.getByText('Regional', { exact: true }).first()).toBeVisible();
  });

  test('without an invite: waits calmly, also over a restart, until a steward compares the words and agrees', async ({
    hive,
    home,
    startNode,
    page: applicant,
    faults,
  }) => {
    // The node is killed while its page is open.
    faults.expect(/WebSocket connection|ERR_CONNECTION_REFUSED/);
    const central = await hive.startCentral();
    const dataFolder = `${home}/applicant`;
    const node = await startNode({ dataFolder });
    await applicant.goto(node.pageUrl);
    await toEnter(applicant);
    await review(applicant, withoutInvite(await hive.invite(central)));
    await join(applicant);
    await expect(waiting(applicant)).toBeVisible();
    await node.kill();
    const again = await startNode({ dataFolder });
    await applicant.goto(again.pageUrl);
    await row(applicant, 'Trust').click();
    await applicant.getByRole('button', { name: 'Show joining' }).first().click();
    await expect(waiting(applicant)).toBeVisible();

    const steward = await hive.openSteward(central);
    await steward.getByRole('button', { name: 'Later' }).click();
    await row(steward, 'Members').click();
    await steward
      .getByRole('button', { name: /^Approve/ })
      .first()
      .click();
    await steward.getByRole('button', { name: 'The words are the same, approve' }).click();
    await healthy(applicant);
    await expect(heading(applicant, /^You are in/)).toBeVisible({ timeout: 60_000 });
  });

  test('a request can be cancelled, and a rejected one says what the steward wrote', async ({
    hive,
    startNode,
    openPage,
  }) => {
    const central = await hive.startCentral();
    const link = withoutInvite(await hive.invite(central));
    const page = await openPage(await startNode());
    await toEnter(page);
    await review(page, link);
    await join(page);
    await page.getByRole('button', { name: 'Cancel the request' }).click();
    await expect(page.getByText('Working alone, no model yet')).toBeVisible();
    await review(page, link);
    await join(page);
    await expect(waiting(page)).toBeVisible();
    const steward = await hive.openSteward(central);
    await steward.getByRole('button', { name: 'Later' }).click();
    await row(steward, 'Members').click();
    await steward
      .getByRole('button', { name: /^Reject/ })
      .first()
      .click();
    await steward.getByRole('textbox', { name: 'Reason' }).fill('We do not know you');
    await steward.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
    await expect(page.getByText(/We do not know you/).first()).toBeVisible({ timeout: 60_000 });
  });

  test('by an address: the words that the person was told decide', async ({ hive, startNode, openPage }) => {
    const central = await hive.startCentral({ isLab: true });
    const words = await hive.words(central);
    const page = await openPage(await startNode());
    await toEnter(page);
    const enter = async (told: string): Promise<void> => {
      await page.getByRole('button', { name: 'I have only an address' }).click();
      await page.getByRole('textbox', { name: 'Address of the server' }).fill(central.url);
      await page.getByRole('textbox', { name: /^Four words of the hive/ }).fill(told);
      await page.getByRole('button', { name: 'Continue' }).last().click();
    };
    await page.getByRole('button', { name: 'By a QR code or an address …' }).click();
    await enter('abandon ability able about');
    await join(page);
    await expect(page.getByText(/has other words than the ones that this node was told/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Try again' }).click();

    await enter('');
    await expect(heading(page, 'Are these the words that you were told?')).toBeVisible();
    for (const word of words.split(' ')) await expect(page.getByText(word, { exact: true }).first()).toBeVisible();
    await page.getByRole('button', { name: 'They differ: stop' }).click();
    await expect(page.getByText('Working alone, no model yet')).toBeVisible();

    await page.getByRole('button', { name: 'By a QR code or an address …' }).click();
    await enter('');
    await page.getByRole('button', { name: 'They are the same: join' }).click();
    await expect(waiting(page)).toBeVisible();
  });

  test('by a used invite: says so, and what to do', async ({ hive, home, startNode, openPage }) => {
    const central = await hive.startCentral();
    const link = await hive.invite(central);
    await hive.command({ dataFolder: `${home}/first` }, 'join', link, '--yes');
    const page = await openPage(await startNode());
    await toEnter(page);
    await review(page, link);
    await join(page);
    await expect(heading(page, /did not join/)).toBeVisible();
    await expect(page.getByText('The invite has been used. Ask the stewards for a new one.').first()).toBeVisible();
  });

  test('while central is down: says why, and goes on when it is back', async ({ hive, startNode, openPage }) => {
    const central = await hive.startCentral();
    const link = await hive.invite(central);
    const page = await openPage(await startNode());
    await toEnter(page);
    await central.kill();
    await review(page, link);
    await join(page);
    await expect(page.getByText(/Nothing listens at the issuer’s address/).first()).toBeVisible();
    await central.again();
    await page.getByRole('button', { name: 'Try now' }).click();
    await healthy(page);
  });

  test('revoked while it runs: says why; left and joined again, chats stay', async ({ hive, startNode, openPage }) => {
    const central = await hive.startCentral();
    const page = await openPage(await startNode());
    await memberByInvite(page, hive, central);
    const steward = await hive.openSteward(central);
    await steward.getByRole('button', { name: 'Later' }).click();
    await row(steward, 'Members').click();
    await steward
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click();
    await steward.getByRole('textbox', { name: 'Reason' }).fill('lost laptop');
    await steward.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await row(page, 'Health').click();
    await page.getByRole('button', { name: 'Check now' }).first().click();
    await expect(page.getByText(/The hive has revoked it: lost laptop/).first()).toBeVisible({ timeout: 60_000 });
    await row(page, 'Trust').click();
    await page.getByRole('button', { name: /^Leave the hive/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the hive' }).click();
    await expect(page.getByText('Working alone, no model yet')).toBeVisible();
  });

  test('left from the page and joined again', async ({ hive, startNode, openPage }) => {
    const central = await hive.startCentral();
    const page = await openPage(await startNode());
    await memberByInvite(page, hive, central);
    await row(page, 'Trust').click();
    await page.getByRole('button', { name: /^Leave the hive/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the hive' }).click();
    await expect(
      page.getByText('You have left the hive, and it was told. This computer works alone.').first(),
    ).toBeVisible();
    await expect(page.getByText('Working alone, no model yet')).toBeVisible();
    await page.getByRole('button', { name: 'Join a hive' }).click();
    await review(page, await hive.invite(central));
    await join(page);
    await healthy(page);
    await page.getByRole('button', { name: 'Back to chat' }).click();
    await expect(composer(page)).toBeVisible();
  });
});
