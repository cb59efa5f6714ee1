import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type BrowserContext, chromium } from '@playwright/test';
import { chromiumFlags } from '../../builders/chromium-flags.ts';

let running: Promise<{ context: BrowserContext; profile: string }> | null = null;

/** Starts the Chromium that carries all windows, and says where its DevTools answer, so that a test can join. */
export async function launchChromium(): Promise<BrowserContext> {
  running ??= launch();
  return (await running).context;
}

/** Ends it and deletes its profile. */
export async function closeChromium(): Promise<void> {
  const started = await running?.catch(() => null);
  await started?.context.close();
  if (started) fs.rmSync(started.profile, { recursive: true, force: true, maxRetries: 5 });
}

async function launch(): Promise<{ context: BrowserContext; profile: string }> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'nunba-stand-in-'));
  const executablePath = process.env.E2E_BROWSER;
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    headless: true,
    viewport: null,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...chromiumFlags, '--remote-debugging-port=0', '--window-size=1200,820'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const [port] = fs.readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  process.stdout.write(`stand-in: DevTools at http://127.0.0.1:${port}\n`);
  return { context, profile };
}
