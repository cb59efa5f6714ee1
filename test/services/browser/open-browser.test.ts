import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type BrowserRequest,
  browserArguments,
  openBrowserWindow,
  settlesWithinMs,
} from '../../../node-core/platform/browser.ts';
import { tempFolder, writeProgram } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

/** Opens a window with a script in the place of the browser. */
function open(script: string, request: Partial<BrowserRequest> = {}) {
  const folder = tempFolder();
  const browser = writeProgram(path.join(folder, 'browser'), script);
  const clock = createFakeClock(0);
  const used = Promise.withResolvers<void>();
  const outcome = openBrowserWindow({
    address: 'http://127.0.0.1:6777',
    token: 'secret-token',
    dataFolder: path.join(folder, 'data'),
    tokenUsed: used.promise,
    clock,
    platform: 'linux',
    environment: { ...process.env, DISPLAY: ':9', NUNBA_BROWSER: browser, FOLDER: folder },
    isRoot: false,
    ...request,
  });
  return { outcome, clock, useToken: used.resolve, folder, run: path.join(folder, 'data/run') };
}
const staysOpen = 'echo "$*" > "$FOLDER/started.tmp"; mv "$FOLDER/started.tmp" "$FOLDER/started"; exec sleep 60';

/** The arguments with which the script was started, once it runs. */
async function argumentsOf(folder: string): Promise<string> {
  const file = path.join(folder, 'started');
  const watcher = fs.watch(folder);
  while (!fs.existsSync(file)) await once(watcher, 'change');
  watcher.close();
  return fs.readFileSync(file, 'utf8');
}

describe.skipIf(process.platform === 'win32')('a browser window', () => {
  test('opens, lets the page in by a file, and is closed with the node', async () => {
    const { outcome, useToken, folder, run } = open(staysOpen);
    const given = await argumentsOf(folder);
    const url = /--app=(\S+)/.exec(given)?.[1] ?? '';
    expect(fs.readFileSync(fileURLToPath(url), 'utf8')).toContain('secret-token');
    expect(given).not.toContain('secret-token');
    expect(given).not.toContain('--no-sandbox');
    expect(given).toContain(`--user-data-dir=${path.join(folder, 'data/browser')}`);
    useToken();
    const opened = await outcome;
    expect(opened).toMatchObject({ kind: 'opened', isSeen: true, browser: path.join(folder, 'browser') });
    await expect.poll(() => fs.readdirSync(run)).toEqual([]);
    if (opened.kind !== 'opened') return;
    opened.close();
    await opened.closed;
  });

  test('that the page never reports from counts as opened but unseen', async () => {
    const { outcome, clock, folder, run } = open(staysOpen);
    await argumentsOf(folder);
    await clock.advance(settlesWithinMs);
    const opened = await outcome;
    expect(opened).toMatchObject({ kind: 'opened', isSeen: false });
    expect(fs.readdirSync(run)).toHaveLength(1);
    await clock.advance(60_000);
    await expect.poll(() => fs.readdirSync(run)).toEqual([]);
    if (opened.kind === 'opened') opened.close();
  });

  test.each([
    ['exit 7', /exit code 7/],
    ['echo "No usable sandbox!" >&2; exit 1', /user namespaces/],
    ['echo "Missing X server or \\$DISPLAY" >&2; exit 1', /no display/],
  ])('that ends at once has a reason, and the token goes (%s)', async (script, reason) => {
    const { outcome, run } = open(script);
    expect(await outcome).toEqual({ kind: 'not-opened', reason: expect.stringMatching(reason) });
    await expect.poll(() => fs.readdirSync(run)).toEqual([]);
  });

  test('that a running browser takes over is open when the page reports', async () => {
    const { outcome, useToken, clock, folder } = open('touch "$FOLDER/started"; exit 0');
    await argumentsOf(folder);
    await clock.advance(settlesWithinMs - 1);
    useToken();
    expect(await outcome).toMatchObject({ kind: 'opened', isSeen: true });
  });
});

test.each<[string, Partial<BrowserRequest>, RegExp]>([
  ['there is none', { environment: { PATH: '', NUNBA_BROWSER: 'none' } }, /NUNBA_BROWSER is none/],
  ['there is no display', { environment: { NUNBA_BROWSER: process.execPath } }, /no display/],
  ['root would need --no-sandbox', { isRoot: true }, /root/],
])('no window opens and no token is written when %s', async (_, request, reason) => {
  const { outcome, run } = open('exit 0', request);
  expect(await outcome).toEqual({ kind: 'not-opened', reason: expect.stringMatching(reason) });
  expect(fs.existsSync(run)).toBe(false);
});

test('the browser makes no connections of its own accord and keeps its sandbox', () => {
  const given = browserArguments('/data/browser', 'file:///data/run/open.html');
  expect(given).toContain('--disable-background-networking');
  expect(given).toContain('--disable-component-update');
  expect(given.join(' ')).not.toContain('sandbox');
});
