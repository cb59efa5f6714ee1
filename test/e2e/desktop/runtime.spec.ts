import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { freePort } from '../../builders/free-port.ts';
import { environmentOf } from '../model-fixture.ts';
import { answered, ask, composer, lastAnswer, prompts, send, showSettings, startChatting } from '../person.ts';
import { runProgram } from '../run-program.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';
import { expectLooksWell } from './looks.ts';

const root = path.join(import.meta.dirname, '../../..');
const draft = 'A draft that nobody sent';
const interrupted = 'Nunba was closed while this was being written.';
const stopped = /The part of Nunba that runs your agents stopped and (?:is|was) started again/;
const hung = /The part of Nunba that runs your agents did not answer any more/;

test('a runtime that is killed in the middle of an answer costs neither the answer nor what is typed', async ({
  chatDesktop: { desktop, page },
}) => {
  await ask(page, 'Before the crash', 'You wrote: Before the crash');
  await send(page, 'play:long-once tokens:4000 rate:25');
  await expect(lastAnswer(page)).toContainText('word30 ');
  await composer(page).fill(draft);

  const killed = desktop.nodePid();
  process.kill(killed, 'SIGKILL');
  await expect(page.getByText(stopped)).toBeVisible();
  await expect(lastAnswer(page)).toContainText(interrupted, { timeout: 30_000 });
  expect(desktop.nodePid()).not.toBe(killed);
  await expect(lastAnswer(page)).toContainText('word1 word2 word3 word4 word5 word6 word7 word8 word9 word10');
  await expect(composer(page)).toHaveValue(draft);
  await expect(prompts(page)).toHaveCount(2);

  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  await expect(lastAnswer(page)).toContainText('and this is the answer.');
  await answered(page);
  await expect(page.getByText(interrupted)).toBeHidden();
  await expect(page.getByText(stopped)).toBeHidden();
  await expect(composer(page)).toHaveValue(draft);
});

test('a runtime that hangs is ended and started again, and the page goes on with it', async ({
  chatDesktop: { desktop, page },
}) => {
  await ask(page, 'Before it hangs', 'You wrote: Before it hangs');
  await composer(page).fill(draft);
  const hanging = desktop.nodePid();
  process.kill(hanging, 'SIGSTOP');
  await expect(page.getByText(hung)).toBeVisible({ timeout: 40_000 });
  await expect.poll(() => desktop.nodePid(), { timeout: 30_000 }).not.toBe(hanging);
  await expect(composer(page)).toHaveValue(draft);
  await expect(async () => ask(page, 'After it', 'You wrote: After it')).toPass({ timeout: 40_000 });
  expect(() => process.kill(hanging, 0)).toThrow();
});

test('a runtime that crashes again and again is left alone until the person restarts it', async ({
  chatDesktop: { desktop, page },
}) => {
  test.setTimeout(180_000);
  await ask(page, 'Before', 'You wrote: Before');
  await composer(page).fill(draft);
  await crashUntilGivenUp(desktop, page);
  await expect(page.getByRole('alert')).toContainText('was started again 5 times within 10 minutes');
  await expect(composer(page)).toHaveValue(draft);
  await expect(lastAnswer(page)).toContainText('You wrote: Before');
  await expectLooksWell(page, 'runtime-attention');

  await page.getByRole('alert').getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('alert')).toBeHidden({ timeout: 30_000 });
  await expect(async () => ask(page, 'After', 'You wrote: After')).toPass({ timeout: 40_000 });
});

test('a damaged database is told in the window, and nothing in the folder is touched', async ({ newDesktop }) => {
  const desktop = newDesktop();
  fs.mkdirSync(desktop.dataFolder);
  const database = path.join(desktop.dataFolder, 'nunba.db');
  fs.writeFileSync(database, 'no database '.repeat(1_000));
  await desktop.launch();
  const page = await desktop.app.firstWindow();
  await expect(page.getByRole('heading', { name: 'Nunba cannot start' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(`The database ${database} is damaged`);
  await expectLooksWell(page, 'runtime-cannot-start');
  expect(fs.readFileSync(database, 'utf8')).toBe('no database '.repeat(1_000));

  fs.renameSync(database, path.join(desktop.home, 'aside.db'));
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('button', { name: 'Later' })).toBeVisible({ timeout: 30_000 });
});

test('a data folder that another node holds is told in the window, and opens once that has ended', async ({
  newDesktop,
}) => {
  const desktop = newDesktop();
  const builtNode = path.join(root, 'dist/node-core/main.js');
  const holder = runProgram([builtNode, 'serve', '--data', desktop.dataFolder, '--port', '0'], desktop.home);
  try {
    await holder.says(/answers at/);
    const before = contentsOf(desktop.dataFolder);
    await desktop.launch();
    const page = await desktop.app.firstWindow();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(`The data folder ${desktop.dataFolder} is already in use`);
    await expect(alert).toContainText(String(holder.child.pid));
    expect(contentsOf(desktop.dataFolder)).toEqual(before);
    expect(desktop.nodePid()).toBe(holder.child.pid);

    await holder.stop();
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect(page.getByRole('button', { name: 'Later' })).toBeVisible({ timeout: 30_000 });
  } finally {
    await holder.stop();
  }
});

test('quitting in the middle of an answer keeps what arrived, and ends the runtime', async ({
  chatDesktop: { desktop, page },
}) => {
  await send(page, 'play:long-once tokens:4000 rate:25');
  await expect(lastAnswer(page)).toContainText('word30 ');
  const node = desktop.nodePid();
  const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  await desktop.quit();
  expect(await ended).toBe(0);
  expect(() => process.kill(node, 0)).toThrow();
  expect(fs.existsSync(path.join(desktop.dataFolder, 'run/endpoint.json'))).toBe(false);

  await desktop.launch();
  const again = await desktop.page();
  await again
    .getByRole('button', { name: /play:long-once/ })
    .first()
    .click();
  await expect(lastAnswer(again)).toContainText('word1 word2 word3 word4 word5 word6 word7 word8 word9 word10');
  await expect(lastAnswer(again).getByRole('button', { name: 'Continue' })).toBeVisible();
});

test('two data folders at once: the second listens on the next free port and says so', async ({
  newDesktop,
  models,
}) => {
  const port = await freePort();
  const environment = { ...environmentOf(models), NUNBA_PORT: String(port) };
  const first = newDesktop({ environment });
  const second = newDesktop({ environment });
  await first.launch();
  const firstPage = await first.page();
  await startChatting(firstPage);
  await second.launch();
  const page = await second.page();
  await startChatting(page);
  await ask(page, 'Hello', 'You wrote: Hello');

  const section = await showSettings(page, 'API');
  const told = section.getByText(new RegExp(`because ${port} was taken by another Nunba`));
  await expect(told).toBeVisible();
  await expectLooksWell(page, 'port-taken');
  const [, used = ''] = /on port (\d+) for now/.exec(await told.innerText()) ?? [];
  expect(used).not.toBe(String(port));
  for (const one of [String(port), used]) {
    expect((await fetch(`http://127.0.0.1:${one}/health`)).status).toBe(200);
  }
  const section1 = await showSettings(firstPage, 'API');
  await expect(section1.getByText(`http://127.0.0.1:${port}`, { exact: true })).toBeVisible();
});

/** Kills every process of the node as soon as it has one, until the shell starts no more. */
async function crashUntilGivenUp(desktop: Desktop, page: Page): Promise<void> {
  let killed = 0;
  await expect(async () => {
    const pid = desktop.nodePid();
    if (pid !== killed) {
      killed = pid;
      process.kill(pid, 'SIGKILL');
    }
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 120_000, intervals: [250] });
}

/** Names of everything below a folder, with sizes of what does not change while it is used. */
function contentsOf(folder: string): readonly string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}
