import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

/** Path of each source of the shell -> its code. */
const sources: ReadonlyMap<string, string> = new Map(
  fs
    .readdirSync(path.join(root, 'electron'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.c?ts$/.test(name))
    .map((name) => {
      const file = path.posix.join('electron', name.replaceAll('\\', '/'));
      return [file, withoutComments(read(file))];
    }),
);
const filesWith = (pattern: RegExp): readonly string[] =>
  [...sources]
    .filter(([, code]) => pattern.test(code))
    .map(([file]) => file)
    .sort();

describe('of Electron’s checklist the sources show that', () => {
  test.each([
    ['1, 18: only the page’s own address is loaded', /\.(?:loadURL|loadFile)\(/, ['electron/window/window.ts']],
    [
      '14: one place opens windows',
      /new (?:BrowserWindow|BaseWindow|WebContentsView|BrowserView)\(/,
      ['electron/window/window.ts'],
    ],
    ['5: there is one session, whose permissions are handled', /fromPartition|fromPath\(|partition:/, []],
    [
      '6, 8, 9, 10: no protection is switched off',
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/,
      [],
    ],
    ['2: Node is in no page, frame or worker', /nodeIntegration(?:InWorker|InSubFrames)?: true/, []],
    [
      '3, 4: nothing undoes isolation or sandbox',
      /contextIsolation: false|sandbox: false|no-sandbox|disable-site-isolation/,
      [],
    ],
    ['11, 12: there is no webview', /<webview|webviewTag: true|allowpopups/, []],
    ['18: no page comes from file://', /['"`]file:\/\//, []],
    ['20: one object is handed to the page', /exposeInMainWorld/, ['electron/preload.cts']],
  ])('%s', (_item, pattern, files) => {
    expect(filesWith(pattern)).toEqual(files);
  });

  test('2, 3, 4, 11: the one window is locked down', () => {
    const window = sources.get('electron/window/window.ts') ?? '';
    for (const line of [
      'sandbox: true',
      'contextIsolation: true',
      'nodeIntegration: false',
      'webviewTag: false',
      'spellcheck: false',
      'devTools: !app.isPackaged',
    ]) {
      expect(window).toContain(line);
    }
    expect(window).toMatch(/loadURL\(`\$\{pageOrigin\}\/`\)/);
  });

  test('5: requests, checks and devices have a handler', () => {
    const permissions = sources.get('electron/window/permissions.ts') ?? '';
    for (const handler of ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler']) {
      expect(permissions).toContain(handler);
    }
    expect(sources.get('electron/main.ts')).toContain('limitPermissions(session.defaultSession)');
  });

  test('7: every answer of the page’s protocol carries the policy', () => {
    expect(sources.get('electron/window/page-protocol.ts')).toContain(
      "headers.set('content-security-policy', contentSecurityHeader('window'))",
    );
  });

  test('12, 13, 14: every contents is guarded before there is one', () => {
    const navigation = sources.get('electron/window/navigation.ts') ?? '';
    for (const guard of [
      'web-contents-created',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
      "action: 'deny'",
    ]) {
      expect(navigation).toContain(guard);
    }
    const main = sources.get('electron/main.ts') ?? '';
    expect(main.indexOf('guardEveryPage(')).toBeGreaterThan(0);
    expect(main.indexOf('guardEveryPage(')).toBeLessThan(main.indexOf('openMainWindow('));
  });

  test('15: an address of the page leaves only by the confirmation; updates open their own', () => {
    expect(filesWith(/shell\.openExternal\(/)).toEqual([
      'electron/links/open-external.ts',
      'electron/updates/start-updates.ts',
    ]);
  });

  test('16: Electron is pinned, and no older than 45', () => {
    const { electron } = JSON.parse(read('package.json')).devDependencies;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number.parseInt(electron, 10)).toBeGreaterThanOrEqual(45);
  });

  test('17: whoever listens to pages asks who speaks', () => {
    const listening = filesWith(/ipcMain\.(?:on|handle|once|handleOnce)\(|\.ipc\./);
    expect(listening.length).toBeGreaterThan(0);
    for (const file of listening) {
      const code = sources.get(file) ?? '';
      const listeners = code.match(/ipcMain\.(?:on|handle|once|handleOnce)\(/g) ?? [];
      expect(code.match(/isFromPage\((?:event\.)?senderFrame\)/g), file).toHaveLength(listeners.length);
    }
  });

  test('20: the preload gives nothing of Electron away', () => {
    const preload = sources.get('electron/preload.cts') ?? '';
    const [, given = ''] = preload.match(/const api[^=]*= (\{[\s\S]*?\n\});/) ?? [];
    const names = [...given.matchAll(/^ {2}(\w+)[:(]/gm)].map(([, name]) => name);
    expect(names).toEqual(['requestPort', 'call', 'watch', 'onCommand']);
    expect(given).not.toMatch(/:\s*ipcRenderer|=> ipcRenderer\s*[,;}]/);
  });
});

describe('the README', () => {
  const [, section = ''] = read('README.md').split('## Security of the desktop app');
  const rows = [...(section.split('\n## ')[0]?.matchAll(/^\| (\d+) \|.*\| ([^|]+) \|$/gm) ?? [])];

  test('has all twenty items, each with what proves it', () => {
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const [row, , proof = ''] of rows) {
      expect(proof, row).toMatch(/^(?:stand-in|static check|only on real Electron \(not run\))/);
    }
  });
});
