import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readLinkFile } from '../../../../electron/links/link-file.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { hostileLinks } from './hostile-links.ts';

function write(content: string | Buffer): string {
  const file = path.join(tempFolder(), 'a.nunba');
  fs.writeFileSync(file, content);
  return file;
}
const refused = (reason: string) => ({ kind: 'refused', reason });
const opened = { kind: 'new', agentId: null, text: 'x' };

test.each(['nunba://new?text=x', 'nunba://new?text=x\n', 'nunba://new?text=x\r\n', '\uFEFFnunba://new?text=x\r\n'])(
  'a file of one line %j is its link',
  async (content) => {
    expect(await readLinkFile(write(content))).toEqual(opened);
  },
);

test.each(hostileLinks)('$name in a file is refused: $reason', async ({ address, reason }) => {
  expect(await readLinkFile(write(address))).toEqual(refused(reason));
});

test.each([
  ['a second line', 'nunba://new?text=x\nnunba://new?text=y', 'not-a-link'],
  ['an empty line at the end', 'nunba://new?text=x\n\n', 'not-a-link'],
  ['an empty line before', '\nnunba://new?text=x', 'not-a-link'],
  ['bytes that are no text', Buffer.from([0x6e, 0xff, 0xfe]), 'not-a-link'],
  ['UTF-16', Buffer.from('nunba://new?text=x', 'utf16le'), 'not-a-link'],
  ['more than 2 kB', `nunba://new?text=x${'\n'.repeat(2_100)}`, 'too-long'],
  ['a gigabyte', null, 'too-long'],
])('a file with %s is refused', async (_name, content, reason) => {
  const file = write(content ?? '');
  if (content === null) fs.truncateSync(file, 1024 ** 3);
  expect(await readLinkFile(file)).toEqual(refused(reason));
});

test('what is no regular file is refused without waiting for it', async () => {
  const folder = tempFolder();
  const named = path.join(folder, 'folder.nunba');
  fs.mkdirSync(named);
  expect(await readLinkFile(named)).toEqual(refused('not-a-link'));
  expect(await readLinkFile(path.join(folder, 'gone.nunba'))).toEqual(refused('not-a-link'));
});

test.skipIf(process.platform === 'win32')('pipes and devices are refused, also behind a link', async () => {
  const folder = tempFolder();
  const pipe = path.join(folder, 'pipe.nunba');
  expect(spawnSync('sh', ['-c', 'mkfifo "$0"', pipe]).status).toBe(0);
  expect(await readLinkFile(pipe)).toEqual(refused('not-a-link'));
  const device = path.join(folder, 'zero.nunba');
  fs.symlinkSync('/dev/zero', device);
  expect(await readLinkFile(device)).toEqual(refused('not-a-link'));
});
