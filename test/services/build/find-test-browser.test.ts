import { expect, test } from 'vitest';
import { findTestBrowser, type TestBrowserFacts } from '../../../build/find-test-browser.ts';

const debian = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';
const bare: TestBrowserFacts = {
  platform: 'linux',
  environment: { PATH: '/usr/bin' },
  playwrightFile: '/own/chrome',
  isExecutable: () => false,
  isRoot: true,
  osRelease: debian,
};
const having = (files: readonly string[], environment: TestBrowserFacts['environment'] = bare.environment) =>
  findTestBrowser({ ...bare, environment, isExecutable: (file) => files.includes(file) });

test.each([
  ['the one that is named', ['/named', '/own/chrome', '/usr/bin/chromium'], '/named'],
  ["Playwright's own", ['/own/chrome', '/usr/lib/chromium/chromium', '/usr/bin/chromium'], '/own/chrome'],
  [
    "the program behind Debian's script",
    ['/usr/lib/chromium/chromium', '/usr/bin/chromium'],
    '/usr/lib/chromium/chromium',
  ],
  ["the system's Chrome", ['/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
])('the tests take %s', (_, files, file) => {
  expect(having(files, { PATH: '/usr/bin', E2E_BROWSER: '/named' })).toEqual({ kind: 'found', file });
});

test('the browser that a person wants for Nunba has no say', () => {
  expect(having(['/usr/bin/chromium'], { PATH: '/usr/bin', NUNBA_BROWSER: 'none' }).kind).toBe('found');
});

test.each([
  ['Debian', debian],
  ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n'],
  ['a relative of theirs', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'],
])('a CI that is root on %s installs one', (_, osRelease) => {
  expect(findTestBrowser({ ...bare, environment: { CI: 'true' }, osRelease })).toEqual({ kind: 'install' });
});

test.each<[string, Partial<TestBrowserFacts>, string]>([
  ['a person on Debian', {}, 'sudo apt-get install chromium'],
  ['a CI that is not root', { environment: { CI: 'true' }, isRoot: false }, 'sudo apt-get install chromium'],
  ['another Linux', { environment: { CI: 'true' }, osRelease: 'ID=fedora\n' }, 'npx playwright install chromium'],
  ['a Mac', { platform: 'darwin', osRelease: '' }, 'npx playwright install chromium'],
])('%s is told the command in one sentence', (_, facts, command) => {
  const found = findTestBrowser({ ...bare, ...facts });
  expect(found).toEqual({ kind: 'none', reason: expect.stringContaining(`"${command}`) });
});
