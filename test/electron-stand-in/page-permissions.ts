import { app } from './app.ts';
import type { FromPage } from './page/messages.ts';
import { toWeb } from './schemes.ts';
import { session } from './session.ts';

/** Chromium's names, where they differ from Electron's. */
const chromiumNames: Readonly<Record<string, readonly string[]>> = {
  media: ['audioCapture', 'videoCapture'],
  'clipboard-read': ['clipboardReadWrite'],
  'clipboard-sanitized-write': ['clipboardSanitizedWrite'],
};

/** Asks the shell's handlers, and lets Chromium know what they allow. */
export async function answerPermission(
  contents: { getURL(): string },
  { permission, isQuery }: Extract<FromPage, { kind: 'permission' }>,
): Promise<boolean> {
  const { defaultSession } = session;
  const address = contents.getURL();
  if (isQuery) return defaultSession.mayCheck(contents, permission, address);
  const isGranted = await defaultSession.mayPage(contents, permission, address);
  if (isGranted) await allow(permission, new URL(toWeb(address)).origin);
  return isGranted;
}

async function allow(permission: string, origin: string): Promise<void> {
  const permissions = (chromiumNames[permission] ?? [permission]) as never[];
  // A name that Chromium does not know; the page then meets Chromium's own refusal.
  await app.chromium.devTools.send('Browser.grantPermissions', { origin, permissions }).catch(() => undefined);
}
