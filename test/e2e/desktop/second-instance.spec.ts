import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect } from '@playwright/test';
import { composer } from '../person.ts';
import { test } from './fixture.ts';

test('a second start shows the first one, hands over its link, and ends', async ({ desktop }) => {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const node = desktop.nodePid();

  const ended = await desktop.startAnother(['--inspect-brk=0', 'nunba://new?text=handed%20over']);
  expect(ended.exitCode).toBe(0);
  await expect(composer(page)).toHaveValue('handed over');
  const window = await desktop.app.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows();
    return { count: all.length, isMinimized: all[0]?.isMinimized() };
  });
  expect(window).toEqual({ count: 1, isMinimized: false });
  expect(desktop.nodePid()).toBe(node);
});

test('what another program hands over in the shape of a second start opens nothing', async ({ desktop }) => {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  await desktop.app.evaluate(({ app }) => {
    const link = 'nunba://new?text=x';
    for (const data of [null, link, { version: 2, arrival: { kind: 'link', address: link } }, { version: 1 }])
      app.emit('second-instance', {}, ['nunba', link], '/', data);
  });
  await desktop.startAnother(['nunba://join']);
  await expect(page.getByText(/^Nothing was joined:/)).toBeVisible();
  await expect(composer(page)).toHaveValue('');
});

test('a link that comes while the app ends is opened by the start after it', async ({ newDesktop }) => {
  const desktop = newDesktop();
  await desktop.launch({ args: ['--hidden', 'nunba://new?text=the%20first'] });
  await desktop.page();
  const told = path.join(desktop.home, 'started-again.json');
  await desktop.app.evaluate(({ app }, file) => {
    app.relaunch = (options) => process.getBuiltinModule('fs').writeFileSync(file, JSON.stringify(options));
  }, told);
  const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  // A node that does not answer holds the app for as long as it has to close its database.
  process.kill(desktop.nodePid(), 'SIGSTOP');
  await desktop.app.evaluate(({ app }) => app.quit());
  expect((await desktop.startAnother(['nunba://new?text=while%20it%20ended'])).exitCode).toBe(0);
  expect(await ended).toBe(0);
  const { args }: { readonly args: readonly string[] } = JSON.parse(fs.readFileSync(told, 'utf8'));
  expect(args.slice(-2)).toEqual(['--', 'nunba://new?text=while%20it%20ended']);
  expect(args.join(' ')).not.toMatch(/--hidden|the%20first/);

  const page = await desktop.relaunch({ args: args.slice(-2) });
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(composer(page)).toHaveValue('while it ended');
});

test('two data folders are two apps at once, and a link reaches the one it is given to', async ({ newDesktop }) => {
  const one = newDesktop();
  await one.launch();
  const first = await one.page();
  const other = newDesktop({ environment: { HOME: one.home, XDG_CONFIG_HOME: path.join(one.home, '.config') } });
  await other.launch();
  const second = await other.page();
  expect(other.nodePid()).not.toBe(one.nodePid());

  for (const page of [first, second]) await page.getByRole('button', { name: 'Later' }).click();
  await other.startAnother(['nunba://new?text=for%20the%20other']);
  await expect(composer(second)).toHaveValue('for the other');
  await expect(composer(first)).toHaveValue('');
});
