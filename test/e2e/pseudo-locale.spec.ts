import os from 'node:os';
import { expect, type Page } from '@playwright/test';
import { createMessages } from '../../renderer/messages/create-messages.ts';
import { pseudoLanguage } from '../../renderer/messages/pseudo-locale.ts';
import { settingsSections } from '../../renderer/screen.tsx';
import { freePort } from '../builders/free-port.ts';
import { cutTexts, strayTexts } from './catalogue-texts.ts';
import { dataParts, isData } from './data-texts.ts';
import { test } from './hive/hive-fixture.ts';
import { overflowing, resize, type WindowSize } from './look.ts';
import { environmentOf } from './model-fixture.ts';

test.use({ locale: pseudoLanguage });

const { t } = createMessages(pseudoLanguage);
const sizes: readonly WindowSize[] = [
  { name: '480', width: 480, height: 860, zoom: 1 },
  { name: '1280', width: 1280, height: 860, zoom: 1 },
];
/** A whole link to an issuer that nobody is. */
const madeUpLink = (port: number): string =>
  `nunba://join?${new URLSearchParams({
    at: `https://localhost:${port}`,
    anchor: 'a'.repeat(64),
    tier: 'regional',
    invite: `${'x7'.repeat(8)}.${'S'.repeat(32)}`,
    name: 'Lakeside',
  })}`;

/** Every text of the screen is in the catalogue, and has room where a language needs more than English. */
async function expectTranslated(page: Page, screen: string): Promise<void> {
  await test.step(screen, async () => {
    // What is still being asked for would be looked at in place of what it is.
    await expect(page.locator('main .animate-turn')).toHaveCount(0);
    for (const size of sizes) {
      await resize(page, size);
      const strays = (await strayTexts(page, dataParts)).filter(({ text }) => !isData(text));
      const told = strays.map(({ text, place }) => `${text} | ${place}`);
      expect.soft(told, `${screen}, ${size.name} wide: not in the catalogue`).toEqual([]);
      expect.soft(await cutTexts(page), `${screen}, ${size.name} wide: cut`).toEqual([]);
      expect.soft(await overflowing(page), `${screen}, ${size.name} wide: stands out`).toEqual([]);
    }
  });
}

/** The address shows a screen in the words of no language. */
async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
}

/** Says Later, and waits until it is remembered. */
async function leaveWelcome(page: Page): Promise<void> {
  await button(page, t('welcome.later')).click();
  await expect(composer(page)).toBeVisible();
}

const composer = (page: Page) => page.locator('main textarea');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const title = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

test('the welcome, the chat and what opens above them', async ({ startNode, openPage, models, picture }) => {
  test.setTimeout(180_000);
  const page = await openPage(await startNode({ environment: environmentOf(models) }));
  await expect(button(page, t('welcome.start'))).toBeVisible();
  await expectTranslated(page, 'welcome');
  await picture(page, 'pseudo-welcome');
  await button(page, t('welcome.start')).click();
  const writing = composer(page);
  await expect(writing).toBeVisible();
  await expectTranslated(page, 'empty chat');
  await picture(page, 'pseudo-chat');

  await page
    .getByRole('region', { name: t('sidebar.agents') })
    .getByRole('button', { name: 'Guide' })
    .click();
  await writing.fill('Where are my chats kept?');
  await writing.press('Enter');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('article').last()).toHaveAttribute('aria-busy', 'false');
  await expect(page.locator('.prose').first()).toBeVisible();
  await expectTranslated(page, 'answer of the Guide');
  await picture(page, 'pseudo-guide');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('a');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectTranslated(page, 'search');
  await picture(page, 'pseudo-search');
  await page.keyboard.press('Escape');
  await writing.blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectTranslated(page, 'shortcuts');
  await picture(page, 'pseudo-shortcuts');
});

test('the settings', async ({ startNode, openPage, models, picture }) => {
  test.setTimeout(180_000);
  const page = await openPage(await startNode({ environment: environmentOf(models) }));
  await button(page, t('welcome.start')).click();
  await expect(composer(page)).toBeVisible();
  // Updates are the desktop app's alone.
  for (const section of settingsSections.filter((name) => name !== 'updates')) {
    await go(page, `#settings/${section}`);
    await title(page, t('settings.title'));
    const shown = page.getByRole('region', {
      name: t('settings.shown', { section: t(`settings.section.${section}`) }),
    });
    await expect(shown).toBeVisible();
    await expectTranslated(page, `settings, ${section}`);
    await picture(page, `pseudo-settings-${section}`);
  }
});

test('a computer that works alone, and joining', async ({ startNode, openPage, picture }) => {
  test.setTimeout(180_000);
  const page = await openPage(await startNode());
  await leaveWelcome(page);
  await go(page, '#trust');
  await expect(page.getByText(t('trust.alone'), { exact: true })).toBeVisible();
  await expectTranslated(page, 'trust, alone');
  await picture(page, 'pseudo-trust-alone');
  await go(page, '#health');
  await title(page, t('checks.title'));
  await page
    .locator('header')
    .getByRole('button', { name: t('checks.checkAll'), exact: true })
    .click();
  await expect(page.locator('[data-check=database][data-verdict=passed]')).toBeVisible();
  await expectTranslated(page, 'health');
  await picture(page, 'pseudo-health');
  await go(page, '#join');
  await title(page, t('join.title'));
  await expectTranslated(page, 'join, choose');
  await picture(page, 'pseudo-join-choose');
  await button(page, t('join.otherWays')).click();
  await button(page, t('join.addressTitle')).click();
  await expectTranslated(page, 'join, enter');
  await picture(page, 'pseudo-join-enter');
  const link = page.getByRole('textbox', { name: t('join.link') });
  await link.fill(madeUpLink(await freePort()));
  await link.press('Enter');
  await expect(button(page, t('join.join'))).toBeVisible();
  await expectTranslated(page, 'join, review');
  await picture(page, 'pseudo-join-review');
  await button(page, t('join.join')).click();
  await expect(button(page, t('join.tryNow'))).toBeVisible();
  await expectTranslated(page, 'join, hindered');
  await go(page, '#trust');
  const screen = page.locator('#screen');
  await expect(screen.getByRole('button', { name: t('trust.showJoin'), exact: true })).toBeVisible();
  await expectTranslated(page, 'trust, joining');
});

test('a member, and central', async ({ hive, startNode, openPage, home, picture }) => {
  test.setTimeout(180_000);
  const central = await hive.startCentral();
  const dataFolder = `${home}/member`;
  await hive.command({ dataFolder }, 'join', await hive.invite(central), '--yes');
  const page = await openPage(await startNode({ dataFolder }));
  await leaveWelcome(page);
  await go(page, '#trust');
  await expect(button(page, t('trust.renew'))).toBeVisible();
  await expectTranslated(page, 'trust, member');
  await picture(page, 'pseudo-trust-member');
  await button(page, t('trust.leaveAsk')).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectTranslated(page, 'leave');
  await page.keyboard.press('Escape');
  await go(page, '#health');
  await expect(page.locator('[data-check=parent][data-verdict=passed]')).toBeVisible();
  await expectTranslated(page, 'health, member');

  const steward = await hive.openSteward(central);
  await leaveWelcome(steward);
  await go(steward, '#members');
  await expect(steward.getByRole('list', { name: t('members.members') })).toBeVisible();
  await expectTranslated(steward, 'members');
  await picture(steward, 'pseudo-members');
  await button(steward, t('members.revokeName', { name: os.hostname() })).click();
  await expect(steward.getByRole('dialog')).toBeVisible();
  await expectTranslated(steward, 'revoke');
  await steward.keyboard.press('Escape');
  await button(steward, t('members.invite')).click();
  await expect(steward.getByRole('dialog')).toBeVisible();
  await expectTranslated(steward, 'create an invite');
  await button(steward, t('members.create')).click();
  await expect(button(steward, t('members.done'))).toBeVisible();
  await expectTranslated(steward, 'an invite');
  await picture(steward, 'pseudo-invite');
  await button(steward, t('members.done')).click();
  await go(steward, '#trust');
  await expect(steward.getByText(t('trust.centralRenews'))).toBeVisible();
  await expectTranslated(steward, 'trust, central');
  await picture(steward, 'pseudo-trust-central');
});
