import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { hostileLinks } from '../../services/electron/links/hostile-links.ts';
import { composer, prompts } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';
import { expectLooksWell } from './looks.ts';

const note = /came from a (?:link|file)\. Read it before you send it\./;
const ours = hostileLinks.filter(({ address }) => /^\s*nunba:/i.test(address));

/** Leaves the welcome for a chat. */
async function enter(desktop: Desktop): Promise<Page> {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  return page;
}

const refusals = (page: Page): Locator => page.getByText(/^Nothing was (?:opened|joined):/);

async function dismissRefusals(page: Page): Promise<void> {
  for (let left = await refusals(page).count(); left > 0; left -= 1) {
    await page.getByRole('button', { name: 'Dismiss', exact: true }).first().click();
    await expect(refusals(page)).toHaveCount(left - 1);
  }
}

/** What the shell holds for the page and says to the person, once its work so far is done. */
async function expectNothingOpened(page: Page, noticeCount: number): Promise<void> {
  await expect(refusals(page)).toHaveCount(noticeCount);
  await expect(composer(page)).toHaveValue('');
  await expect(prompts(page)).toHaveCount(0);
  await expect(page.getByText(note)).toHaveCount(0);
}

const reasonsOf = (links: readonly { readonly reason: string }[]): number =>
  new Set(links.map(({ reason }) => reason)).size;

test.describe('a link that opens the app', () => {
  test('waits for the page, fills the composer, says where it came from, and sends nothing', async ({ newDesktop }) => {
    const desktop = newDesktop();
    await desktop.launch({ args: ['nunba://new?agent=coder&text=Explain%20this%20to%20me%3A%0A1%20%2B%201'] });
    await (await desktop.page()).reload();
    const page = await enter(desktop);
    await expect(composer(page)).toHaveValue('Explain this to me:\n1 + 1');
    await expect(page.getByRole('textbox', { name: 'Message Coder' })).toBeVisible();
    await expect(page.getByText(note)).toBeVisible();
    await expect(prompts(page)).toHaveCount(0);
    await expectLooksWell(page, 'linked');
  });

  test('keeps what is written, and a second start brings the next link', async ({ newDesktop }) => {
    const desktop = newDesktop();
    await desktop.launch();
    const page = await enter(desktop);
    await desktop.startAnother(['nunba://new?text=first']);
    await expect(composer(page)).toHaveValue('first');
    await composer(page).fill('my own words');
    await page.getByRole('status').filter({ hasText: note }).getByRole('button', { name: 'Dismiss' }).click();
    await desktop.startAnother(['nunba://new?agent=pirate&text=second']);
    await expect(composer(page)).toHaveValue('my own words\n\nsecond');
    await expect(page.getByText(/asks for the agent “pirate”, which is not here/)).toBeVisible();
    await expectLooksWell(page, 'linked-below');
    await page.getByRole('button', { name: 'Remove that text' }).click();
    await expect(composer(page)).toHaveValue('my own words');
  });

  test('stands in a file as well', async ({ newDesktop }) => {
    const desktop = newDesktop();
    const file = path.join(desktop.home, 'a letter.nunba');
    fs.writeFileSync(file, 'nunba://new?text=from%20a%20file\n');
    await desktop.launch({ args: [file] });
    const page = await enter(desktop);
    await expect(composer(page)).toHaveValue('from a file');
    await expect(page.getByText('This text came from a file. Read it before you send it.')).toBeVisible();
  });
});

test('an invitation opens its review and joins nothing; what comes behind it waits', async ({ newDesktop }) => {
  const invitation = (name: string) =>
    `nunba://join?at=https%3A%2F%2Flocalhost%3A1&anchor=${'a'.repeat(64)}&tier=local&name=${name}`;
  const desktop = newDesktop();
  await desktop.launch({ args: [invitation('Lakeside')] });
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('heading', { name: 'Join hive Lakeside?' })).toBeFocused();
  await desktop.startAnother([invitation('Elsewhere')]);
  await expect(page.getByText(/^Another invitation was opened meanwhile/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Join hive Elsewhere?' })).toBeVisible();
  await expectLooksWell(page, 'linked-join');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('This is how it is now')).toBeVisible();
});

test.describe('a link that nobody means', () => {
  const samples = ['an invitation over http', 'text turned round', '3 kB', 'an unknown field'];
  for (const { name, address } of hostileLinks.filter((link) => samples.includes(link.name))) {
    test(`opens nothing as argument of a first start: ${name}`, async ({ newDesktop }) => {
      const desktop = newDesktop();
      await desktop.launch({ args: [address] });
      await expectNothingOpened(await enter(desktop), 1);
    });
  }

  test('opens nothing from a second start, whichever it is', async ({ desktop }) => {
    test.setTimeout(600_000);
    const page = await enter(desktop);
    for (let from = 0; from < hostileLinks.length; from += 4) {
      const some = hostileLinks.slice(from, from + 4);
      const ended = await Promise.all(some.map(({ address }) => desktop.startAnother([address])));
      expect(ended.map(({ exitCode }) => exitCode)).toEqual(some.map(() => 0));
    }
    await expectNothingOpened(page, reasonsOf(ours));
  });

  test('opens nothing from a file or from the system, whichever it is', async ({ desktop }) => {
    const page = await enter(desktop);
    const files = hostileLinks.map(({ address }, index) => {
      const file = path.join(desktop.home, `${index}.nunba`);
      fs.writeFileSync(file, address);
      return file;
    });
    await desktop.app.evaluate(({ app }, paths) => {
      for (const file of paths) app.emit('open-file', { preventDefault: () => undefined }, file);
    }, files);
    await expectNothingOpened(page, reasonsOf(hostileLinks));
    // The same notice does not stand twice: only without the earlier ones it is seen who was refused now.
    await dismissRefusals(page);
    await desktop.app.evaluate(
      ({ app }, addresses) => {
        for (const address of addresses) app.emit('open-url', { preventDefault: () => undefined }, address);
      },
      [...hostileLinks.map(({ address }) => address), 'nunba://new?text=the%20last%2C%20good%20one'],
    );
    // Links are read in turn: once the last is here, every other has been.
    await expect(composer(page)).toHaveValue('the last, good one');
    await expect(refusals(page)).toHaveCount(reasonsOf(hostileLinks));
    await expect(page.getByText(note)).toHaveCount(1);
    await expect(prompts(page)).toHaveCount(0);
  });
});
