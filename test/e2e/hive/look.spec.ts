import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startModelServer } from '../../doubles/model-server/start-model-server.ts';
import { lookerAt, resize, usualSize } from '../look.ts';
import { environmentOf } from '../model-fixture.ts';
import { ask, startChatting } from '../person.ts';
import { test, withoutInvite } from './hive-fixture.ts';
import { checkAll, heading, healthy, join, passWelcome, review, row, toMembers, verdict } from './hive-person.ts';

const limitPages = path.join(import.meta.dirname, '../../builders/limit-pages.mjs');
const themes = ['light', 'dark'] as const;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

for (const theme of themes) {
  test.describe(`${theme}`, () => {
    test.use({ colorScheme: theme });
    test.setTimeout(240_000);

    test('alone, and every step of joining', async ({ hive, startNode, openPage, picture, faults }) => {
      faults.expect(/WebSocket connection|ERR_CONNECTION_REFUSED/);
      const central = await hive.startCentral({ isLab: true });
      const page = await openPage(await startNode());
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      await passWelcome(page);
      await row(page, 'Trust').click();
      await expect(page.getByText('This computer works alone')).toBeVisible();
      await look('trust-alone');
      await button(page, 'Join a hive').click();
      await look('join-choose');
      await button(page, 'By a QR code or an address …').click();
      await button(page, 'I have only an address').click();
      await look('join-enter');

      await page.getByRole('textbox', { name: 'Address of the server' }).fill(central.url);
      await button(page, 'Continue').last().click();
      await expect(heading(page, 'Are these the words that you were told?')).toBeVisible();
      await look('join-compare');
      await button(page, 'They differ: stop').click();

      await review(page, withoutInvite(await hive.invite(central)));
      await look('join-review');
      await join(page);
      await expect(page.getByText('Waiting for a steward to agree')).toBeVisible();
      await look('join-pending');
      await row(page, 'Trust').click();
      await expect(page.getByText('This computer is about to join a hive.')).toBeVisible();
      await look('trust-joining');

      const steward = await hive.openSteward(central);
      await resize(steward, usualSize);
      await toMembers(steward);
      await lookerAt(steward, theme, picture)('members-requests');
      await button(steward, /^Reject/).click();
      await steward.getByRole('textbox', { name: 'Reason' }).fill('We do not know you');
      await steward.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
      await steward.close();
      await button(page, 'Show joining').first().click();
      await expect(page.getByText(/We do not know you/).first()).toBeVisible({ timeout: 60_000 });
      await look('join-failed');
      await button(page, 'Try again').click();

      const link = await hive.invite(central);
      await central.kill();
      await review(page, link);
      await join(page);
      await expect(page.getByText(/Nothing listens at the issuer’s address/).first()).toBeVisible();
      await look('join-hindered');
      await central.again();
      await button(page, 'Try now').click();
      await healthy(page);
      await look('join-done');
    });

    test('members, and what they see', async ({ hive, home, startNode, openPage, picture }) => {
      const central = await hive.startCentral();
      const steward = await hive.openSteward(central);
      await resize(steward, usualSize);
      await toMembers(steward);
      const lookAtCentral = lookerAt(steward, theme, picture);
      await lookAtCentral('members-empty');
      await button(steward, 'Create an invite').first().click();
      await lookAtCentral('members-invite');
      await button(steward, 'Create the invite').click();
      await expect(heading(steward, 'The invite is ready')).toBeVisible();
      await lookAtCentral('members-invite-made');
      await button(steward, 'Done').click();

      const regionalFolder = `${home}/regional`;
      await hive.command({ dataFolder: regionalFolder }, 'join', await hive.invite(central, '--may-issue'), '--yes');
      const regional = await hive.startReachable(regionalFolder);
      const localFolder = `${home}/local`;
      await hive.command({ dataFolder: localFolder }, 'join', await hive.invite(regional), '--yes');
      const local = await openPage(await startNode({ dataFolder: localFolder }));
      await resize(local, usualSize);
      await passWelcome(local);
      await row(local, 'Trust').click();
      await expect(local.getByText('This computer · Local')).toBeVisible();
      await lookerAt(local, theme, picture)('trust-local');
      await local.close();

      const member = await hive.openSteward(regional);
      await resize(member, usualSize);
      const lookAtMember = lookerAt(member, theme, picture);
      await passWelcome(member);
      await row(member, 'Trust').click();
      await expect(member.getByText('This computer · Regional')).toBeVisible();
      await lookAtMember('trust-regional');

      await expect(steward.getByRole('list', { name: 'Members' }).getByText('may take in locals')).toBeVisible();
      await lookAtCentral('members');
      await button(steward, /^Revoke/)
        .first()
        .click();
      await steward.getByRole('textbox', { name: 'Reason' }).fill('lost laptop');
      await lookAtCentral('members-revoke');
      await button(steward, 'Revoke').last().click();
      await row(steward, 'Trust').click();
      await expect(steward.getByText('This computer · Central')).toBeVisible();
      await lookAtCentral('trust-central');

      await row(member, 'Health').click();
      await checkAll(member);
      await expect(member.getByText(/The hive has revoked it: lost laptop/).first()).toBeVisible({ timeout: 60_000 });
      await lookAtMember('health-revoked');
      await row(member, 'Trust').click();
      await expect(member.getByText('Nobody vouches for this computer any more.')).toBeVisible();
      await lookAtMember('trust-revoked');
    });

    test('health', async ({ startNode, openPage, faults, picture }) => {
      faults.expect(/503/);
      const models = await startModelServer();
      const limited = { ...environmentOf(models), NODE_OPTIONS: `--import=${limitPages}` };
      const node = await startNode({ environment: limited });
      const page = await openPage(node);
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      await startChatting(page);
      await ask(page, 'Hello', 'this is the answer');
      await row(page, 'Health').click();
      await checkAll(page);
      for (const code of ['model', 'disk', 'database']) await verdict(page, code, 'passed');
      await look('health-well');
      await models.stop();
      await checkAll(page);
      await verdict(page, 'model', 'degraded');
      await look('health-silent-model');
      node.child.kill('SIGUSR2');
      await checkAll(page);
      await verdict(page, 'disk', 'failed');
      await look('health-full-disk');
    });
  });
}
