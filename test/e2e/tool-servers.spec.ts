import { createRequire } from 'node:module';
import process from 'node:process';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { expectAccessible, overflowing, resize, usualSize, windowSizes } from './look.ts';
import { showSettings } from './person.ts';

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
