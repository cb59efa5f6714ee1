import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CancellationToken, type ProgressInfo } from 'electron-updater';
import { expect, test } from 'vitest';
import { download, type FoundRelease, verifyDownloaded } from '../../../electron/updates/find-update.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const name = 'Nunba-0.2.0-linux-x64.AppImage';
const bytes = Buffer.from('the package');
const sha512 = crypto.createHash('sha512').update(bytes).digest('base64');

function releaseOf(sizeBytes: number): FoundRelease {
  const file = { name, sha512, sizeBytes };
  return {
    manifest: {
      format: 1,
      version: '0.2.0',
      channel: 'stable',
      date: '2026-11-22',
      notes: '',
      files: [file, { name: 'Nunba-0.2.0-win-x64.exe', sha512: 'another', sizeBytes: 9_000 }],
      previous: null,
    },
    manifestText: '',
    check: {
      updateInfo: {
        version: '0.2.0',
        files: [{ url: name, sha512 }],
        path: name,
        sha512,
        releaseDate: '2026-11-22T10:00:00.000Z',
      },
      cancellationToken: new CancellationToken(),
    },
  };
}

/** Downloads from a server that sends `transferred` bytes, and then more for as long as it is listened to. */
function downloadOf(transferred: number, release: FoundRelease): Promise<unknown> {
  const listeners: ((info: ProgressInfo) => void)[] = [];
  const updater = {
    on: (_event: string, listener: (info: ProgressInfo) => void) => void listeners.push(listener),
    off: () => undefined,
    downloadUpdate: async (token: CancellationToken) => {
      for (const listener of listeners) listener({ total: 0, delta: 0, transferred, percent: 1, bytesPerSecond: 1 });
      throw new Error(token.cancelled ? 'cancelled' : 'net::ERR_CONNECTION_RESET');
    },
  };
  const options = { updater, clock: createFakeClock(0) } as unknown as Parameters<typeof download>[0];
  return download(options, release, () => undefined, new AbortController().signal);
}

test('a download is cut when more arrives than was signed', async () => {
  const tooLarge = releaseOf(bytes.length);
  await expect(downloadOf(bytes.length + 1, tooLarge)).rejects.toMatchObject({ reason: 'package-changed' });
  expect(tooLarge.check.cancellationToken?.cancelled).toBe(true);
  const fitting = releaseOf(bytes.length);
  await expect(downloadOf(bytes.length, fitting)).rejects.toMatchObject({ reason: 'cut-download' });
  expect(fitting.check.cancellationToken?.cancelled).toBe(false);
});

test('a file of another size than the signed one is refused and removed, whatever its sum', async () => {
  const file = path.join(tempFolder(), name);
  fs.writeFileSync(file, bytes);
  await verifyDownloaded({ ...releaseOf(bytes.length), file });
  await expect(verifyDownloaded({ ...releaseOf(bytes.length + 1), file })).rejects.toMatchObject({
    reason: 'package-changed',
  });
  expect(fs.existsSync(file)).toBe(false);
});
