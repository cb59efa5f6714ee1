import { expect, test } from 'vitest';
import { findBrowser } from '../../../node-core/platform/find-browser.ts';

const search = (platform: string, environment: Record<string, string>, files: readonly string[]) =>
  findBrowser({ platform, environment, isExecutable: (file) => files.includes(file) });

test.each<[string, string, Record<string, string>, string]>([
  ['Chromium on the PATH', 'linux', { PATH: '/usr/local/bin:/usr/bin' }, '/usr/bin/chromium'],
  ['Chrome on the PATH', 'linux', { PATH: '/usr/bin' }, '/usr/bin/google-chrome'],
  ['Chromium of snap', 'linux', { PATH: '/usr/bin' }, '/snap/bin/chromium'],
  ['Chrome on a Mac', 'darwin', { HOME: '/Users/a' }, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  [
    'Edge of one person on a Mac',
    'darwin',
    { HOME: '/Users/a' },
    '/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  [
    'Edge on Windows',
    'win32',
    { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' },
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  [
    'Chrome of one person on Windows',
    'win32',
    { LocalAppData: 'C:\\Users\\a\\AppData\\Local' },
    'C:\\Users\\a\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
  ],
])('%s is found', (_, platform, environment, file) => {
  expect(search(platform, environment, [file])).toEqual({ kind: 'found', file });
});

test('a real browser comes before the script that Ubuntu puts in its place', () => {
  expect(search('linux', { PATH: '/usr/bin' }, ['/usr/bin/chromium-browser', '/usr/bin/google-chrome'])).toEqual({
    kind: 'found',
    file: '/usr/bin/google-chrome',
  });
});

test.each(['linux', 'darwin', 'win32', 'freebsd'])(
  'on %s without any, one reason says what was looked for',
  (platform) => {
    expect(search(platform, {}, [])).toEqual({ kind: 'none', reason: expect.stringContaining('Chromium') });
  },
);

test.each([
  ['a path', '/opt/thing', { kind: 'found', file: '/opt/thing' }],
  ['a name on the PATH', 'thing', { kind: 'found', file: '/bin/thing' }],
  [
    'something that is not there',
    'other',
    { kind: 'none', reason: expect.stringContaining('NUNBA_BROWSER names other') },
  ],
  ['none', 'none', { kind: 'none', reason: 'NUNBA_BROWSER is none' }],
])('NUNBA_BROWSER decides alone: %s', (_, wanted, found) => {
  const files = ['/opt/thing', '/bin/thing', '/bin/chromium'];
  expect(search('linux', { PATH: '/bin', NUNBA_BROWSER: wanted }, files)).toEqual(found);
});
