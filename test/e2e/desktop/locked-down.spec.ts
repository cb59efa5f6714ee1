import { expect, type Page } from '@playwright/test';
import type { ShellApi } from '../../../node-core/api/shell-contract.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';

type PageWindow = Window & { readonly nunbaShell: ShellApi };

/** Addresses that a page may try to go to, and that the shell is asked about. */
const elsewhere = [
  'https://example.org/elsewhere',
  'http://127.0.0.1:9/elsewhere',
  'app://other/',
  'app://nunba/assets/',
  'mailto:someone@example.org',
  'nunba://new?text=hello',
];

/** Addresses that Chromium keeps a page from by itself. */
const blocked = ['data:text/html,<h1>elsewhere</h1>', 'file:///etc/passwd', 'javascript:document.body.remove()'];

/** Keeps what the shell decided about navigations: the listener stands behind the shell's own. */
async function watchNavigation(desktop: Desktop): Promise<() => Promise<Readonly<Record<string, boolean>>>> {
  await desktop.app.evaluate(({ webContents }) => {
    const decided: Record<string, boolean> = {};
    Object.assign(globalThis, { decided });
    for (const contents of webContents.getAllWebContents()) {
      contents.on('will-frame-navigate', (event) => {
        decided[event.url] = event.defaultPrevented;
      });
    }
  });
  return () => desktop.app.evaluate(() => (globalThis as unknown as { decided: Record<string, boolean> }).decided);
}

/** Marks the document, so that another in its place is noticed. */
async function markDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    document.documentElement.dataset.mark = 'here';
  });
  return () => page.evaluate(() => document.documentElement.dataset.mark === 'here');
}

test.describe('what the window is kept from', () => {
  test('every navigation away from the page', async ({ desktop }) => {
    const page = await desktop.page();
    desktop.expectFault(/navigat|local resource|Content Security Policy|JavaScript URL|Failed to launch|example\.org/i);
    const isSame = await markDocument(page);
    const decided = await watchNavigation(desktop);
    for (const address of elsewhere) {
      await page.evaluate((to) => {
        globalThis.location.href = to;
      }, address);
      await expect.poll(decided, address).toMatchObject({ [address]: true });
    }
    for (const address of blocked) {
      await page.evaluate((to) => {
        globalThis.location.href = to;
      }, address);
    }
    expect(await isSame()).toBe(true);
    expect(desktop.app.windows()).toHaveLength(1);
  });

  test('every other window', async ({ desktop }) => {
    const page = await desktop.page();
    const isSame = await markDocument(page);
    const opened = await page.evaluate(() => {
      const addresses = ['https://example.org/popup', 'about:blank', 'file:///etc/passwd', location.href];
      return addresses.map((address) => window.open(address));
    });
    expect(opened).toEqual([null, null, null, null]);
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://example.org/new-window';
      link.target = '_blank';
      link.textContent = 'A link of the test';
      document.body.prepend(link);
    });
    await page.getByRole('link', { name: 'A link of the test' }).click({ force: true });
    await page.getByRole('link', { name: 'A link of the test' }).click({ force: true, modifiers: ['ControlOrMeta'] });
    expect(await isSame()).toBe(true);
    expect(desktop.app.windows()).toHaveLength(1);
    if (desktop.kind === 'stand-in') expect(await desktop.seen((seen) => seen.openedPaths)).toEqual([]);
  });

  test('every permission but to put text on the clipboard', async ({ desktop }) => {
    const page = await desktop.page();
    desktop.expectFault(/permission|denied/i);
    const answers = await page.evaluate(async () => {
      const nameOf = (asked: Promise<unknown>): Promise<string> =>
        asked.then(
          () => 'allowed',
          (error: Error) => error.name,
        );
      return {
        place: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('allowed'),
            (error) => resolve(error.code),
          ),
        ),
        notifications: await Notification.requestPermission(),
        camera: await nameOf(navigator.mediaDevices.getUserMedia({ video: true })),
        microphone: await nameOf(navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await nameOf(navigator.mediaDevices.getDisplayMedia()),
        clipboard: await nameOf(navigator.clipboard.readText()),
        query: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(answers).toEqual({
      place: 1,
      notifications: 'denied',
      camera: expect.stringMatching(/^Not(Allowed|Found)Error$/),
      microphone: expect.stringMatching(/^Not(Allowed|Found)Error$/),
      screen: expect.stringMatching(/^(NotAllowed|NotSupported|InvalidState|Abort)Error$/),
      clipboard: 'NotAllowedError',
      query: 'denied',
    });
    if (desktop.kind !== 'stand-in') return;
    const asked = await desktop.seen((seen) => seen.permissionsAsked);
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(asked.filter(({ isGranted }) => isGranted)).toEqual([]);
    await page.evaluate(() => navigator.clipboard.writeText('a word').catch(() => undefined));
    const last = await desktop.seen((seen) => seen.permissionsAsked.at(-1));
    expect(last).toMatchObject({ permission: 'clipboard-sanitized-write', isGranted: true });
  });
});

test.describe('what the page cannot reach', () => {
  test('Node, Electron and the messages between them', async ({ desktop }) => {
    const page = await desktop.page();
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron', 'contextBridge'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
    const shell = await page.evaluate(() => {
      const { nunbaShell } = window as unknown as PageWindow;
      const before = nunbaShell;
      try {
        Object.assign(window, { nunbaShell: {} });
      } catch {
        // Frozen things say so.
      }
      const isSame = (window as unknown as PageWindow).nunbaShell === before;
      return { names: Object.keys(nunbaShell).sort(), isFrozen: Object.isFrozen(nunbaShell), isSame };
    });
    expect(shell.isFrozen).toBe(true);
    expect(shell.isSame).toBe(true);
    expect(shell.names).toEqual(expect.arrayContaining(['call', 'onCommand', 'requestPort', 'watch']));
  });

  test('anything by a call that the contract does not hold', async ({ desktop }) => {
    const page = await desktop.page();
    const calls: readonly (readonly [unknown, unknown])[] = [
      ['app.exit', {}],
      ['toString', {}],
      ['__proto__', {}],
      ['constructor', {}],
      [['settings.update'], {}],
      [null, {}],
      ['settings.update', { closeToTray: 'always' }],
      ['settings.update', 'all'],
      ['settings.update', { updateChannel: { toString: 'beta' } }],
      ['notice.dismiss', { id: 'x'.repeat(1_000) }],
      ['notice.dismiss', {}],
    ];
    for (const [name, input] of calls) {
      const answer = await page.evaluate(
        ([asked, given]) => (window as unknown as PageWindow).nunbaShell.call(asked as string, given),
        [name, input] as const,
      );
      expect(answer, JSON.stringify([name, input])).toMatchObject({ isOk: false, failure: { kind: 'invalid-input' } });
    }
  });

  test('the node or the shell from a frame inside of it', async ({ desktop }) => {
    const page = await desktop.page();
    desktop.expectFault(/Content Security Policy|frame/i);
    const inside = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inner = frame.contentWindow;
      return { isThere: inner !== null, hasShell: inner !== null && 'nunbaShell' in inner };
    });
    expect(inside).toEqual({ isThere: true, hasShell: false });
    const framed = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
          const frame = document.createElement('iframe');
          frame.src = location.href.replace(/#.*/, '');
          document.body.append(frame);
        }),
    );
    expect(framed).toMatch(/^frame-/);
  });

  test('scripts and addresses that did not come with the app', async ({ desktop, models }) => {
    const page = await desktop.page();
    desktop.expectFault(/Content Security Policy|ERR_BLOCKED|Failed to (load|fetch)|violates|Refused|eval/i);
    const reached = await page.evaluate(async (address) => {
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.hasRun = true';
      document.head.append(inline);
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: what the policy must forbid.
            resolve(globalThis.eval('1 + 1'));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      });
      const image = await new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve('loaded');
        picture.onerror = () => resolve('refused');
        picture.src = `${address}/picture.png`;
      });
      const fetched = await fetch(address).then(
        () => 'fetched',
        () => 'refused',
      );
      const socket = await new Promise((resolve) => {
        try {
          const opened = new WebSocket(address.replace('http', 'ws'));
          opened.onopen = () => resolve('opened');
          opened.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      });
      return { inline: 'hasRun' in globalThis, evaluated, image, fetched, socket };
    }, models.url);
    expect(reached).toEqual({
      inline: false,
      evaluated: 'EvalError',
      image: 'refused',
      fetched: 'refused',
      socket: 'refused',
    });
    expect(models.requests).toEqual([]);
  });
});
