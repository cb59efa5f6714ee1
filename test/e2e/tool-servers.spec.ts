import { createRequire } from 'node:module';
import process from 'node:process';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { answer, question, usesOnce } from './hands-person.ts';
import { expectAccessible, overflowing, resize, usualSize, windowSizes } from './look.ts';
import { environmentOf } from './model-fixture.ts';
import { nodeCalls } from './node-calls.ts';
import { answered, chatWith, lastAnswer, send, showSettings, startChatting } from './person.ts';

const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test('a server is added by form, connected, and its tools are shown', async ({ chatPage, picture }) => {
      const look = async (name: string): Promise<void> => {
        await expectAccessible(chatPage, `${name}, ${theme}`);
        for (const size of windowSizes.filter((each) => each.name === '480' || each.name === '1280')) {
          await resize(chatPage, size);
          await picture(chatPage, `${name}-${theme}-${size.name}`);
          expect.soft(await overflowing(chatPage), `${name}, ${size.name} wide`).toEqual([]);
        }
        await resize(chatPage, usualSize);
      };
      await resize(chatPage, usualSize);
      const section = await showSettings(chatPage, 'Tool servers');
      await look('tool-servers-empty');
      await section.getByRole('button', { name: 'Add a server' }).click();
      const dialog = chatPage.getByRole('dialog', { name: 'Add a tool server' });
      await dialog.getByRole('textbox', { name: 'Program' }).fill(process.execPath);
      await dialog.getByRole('textbox', { name: 'Arguments' }).fill(`${everything}\nstdio`);
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Everything');
      await expect(dialog.getByText(`${process.execPath} ${everything} stdio`)).toBeVisible();
      await expect(dialog.getByText(/This runs a program as you/)).toBeVisible();
      await dialog.getByText(/This runs a program as you/).scrollIntoViewIfNeeded();
      await look('tool-servers-form');
      await dialog.getByRole('button', { name: 'Add and connect' }).click();

      const row = section.getByRole('listitem', { name: 'Everything' });
      await expect(row.getByText(/^Connected to .*everything/)).toBeVisible();
      await row.getByText(/^\d+ tools$/).click();
      await expect(row.getByText('echo', { exact: true })).toBeVisible();
      await look('tool-servers-tools');
      await row.getByRole('button', { name: 'Stop' }).click();
      await expect(row.getByText(/^Stopped by you/)).toBeVisible();
    });
  });
}

test('a file of servers is read without starting one, and each is shown before it is connected', async ({
  chatPage,
  picture,
}) => {
  await resize(chatPage, usualSize);
  const section = await showSettings(chatPage, 'Tool servers');
  await section.getByRole('button', { name: 'From a file or text' }).click();
  const dialog = chatPage.getByRole('dialog', { name: 'Servers from a file' });
  const file = {
    mcpServers: {
      Everything: { command: process.execPath, args: [everything, 'stdio'], env: { TOKEN: 'a-secret' } },
      Old: { type: 'sse', url: 'https://example.org/sse' },
      Missing: { command: 'no-such-program-here' },
    },
  };
  await dialog.getByRole('textbox', { name: 'Text of the file' }).fill(JSON.stringify(file));
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await expect(dialog.getByText('Old cannot be added.')).toBeVisible();
  await picture(chatPage, 'tool-servers-import-light-1280');
  await dialog.getByRole('button', { name: 'Add 2 servers' }).click();

  const missing = section.getByRole('listitem', { name: 'Missing' });
  await expect(missing.getByText('Not connected: you have not yet confirmed what it runs.')).toBeVisible();
  await missing.getByRole('button', { name: 'Connect' }).click();
  const confirm = chatPage.getByRole('dialog', { name: 'Connect Missing?' });
  await expect(confirm.getByText('no-such-program-here')).toBeVisible();
  await confirm.getByRole('button', { name: 'Connect' }).click();
  await expect(missing.getByText(/there is no program called no-such-program-here/)).toBeVisible();
  await picture(chatPage, 'tool-servers-list-light-1280');
  await expect(chatPage.getByText('a-secret')).toHaveCount(0);
});

test('a call of a server is shown with its arguments, and made when it is allowed', async ({
  startNode,
  openPage,
  models,
}) => {
  const node = await startNode({ environment: environmentOf(models) });
  const page = await openPage(node);
  await startChatting(page);
  const client = await nodeCalls(page, node.address);
  const draft = { name: 'Everything', environment: [], folder: null };
  const server = { ...draft, kind: 'stdio' as const, command: process.execPath, args: [everything, 'stdio'] };
  const { id } = await client.call('toolServers.add', server);
  const { line } = await client.call('toolServers.preview', server);
  await client.call('toolServers.start', { id, line });
  const words = { name: 'Caller', description: '', instructions: 'You call tools.', greeting: '', model: null };
  await client.call('agents.create', { ...words, tools: [], servers: [id] });
  client.close();
  models.script(usesOnce('everything__echo', (text) => ({ message: `${text} to the server` })));

  await chatWith(page, 'Caller');
  await send(page, 'Hello');
  const card = question(page, 'Call echo of Everything');
  await expect(card).toContainText('Hello to the server');
  await answer(card, 'Don’t allow');
  await answered(page);
  await expect(lastAnswer(page)).toContainText('You did not allow this');

  await send(page, 'Hello again');
  await answer(question(page, 'Call echo of Everything'), 'Allow once');
  await answered(page);
  await expect(lastAnswer(page)).toContainText('You allowed this once');
  const told = models.prompts().at(-1)?.body;
  expect(JSON.stringify(told)).toContain('Echo: Hello again to the server');
});
