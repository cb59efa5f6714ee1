import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeHandover } from '../../../node-core/platform/handover-file.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const address = 'http://127.0.0.1:6777';

test('the file posts the token to the node, and nothing else can run in it', async () => {
  const { file } = await writeHandover(path.join(tempFolder(), 'run'), address, 'one-time_Token');
  const page = fs.readFileSync(file, 'utf8');
  expect(page).toContain('<form method="post" action="http://127.0.0.1:6777/session">');
  expect(page).toContain('<input type="hidden" name="token" value="one-time_Token">');
  const script = /<script>(.*)<\/script>/.exec(page)?.[1] ?? '';
  expect(page).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(page).toContain("default-src 'none'");
});

test.skipIf(process.platform === 'win32')('its owner alone can read it, and the folder', async () => {
  const folder = path.join(tempFolder(), 'run');
  const { file } = await writeHandover(folder, address, 'token');
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
});

test('it is deleted once, and files of earlier starts with the next', async () => {
  const folder = tempFolder();
  const first = await writeHandover(folder, address, 'first');
  fs.writeFileSync(path.join(folder, 'endpoint.json'), '{}');
  const second = await writeHandover(folder, address, 'second');
  expect(fs.readdirSync(folder).sort()).toEqual(['endpoint.json', path.basename(second.file)]);
  await second.remove();
  await second.remove();
  await first.remove();
  expect(fs.readdirSync(folder)).toEqual(['endpoint.json']);
});

test('a token that is not one is refused, so nothing can break out of the page', async () => {
  await expect(writeHandover(tempFolder(), address, '"><script>')).rejects.toThrow();
});
