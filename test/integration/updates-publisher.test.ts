import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { configureUpdater } from '../../electron/updates/load-updater.ts';
import { tempFolder } from '../builders/temp-folder.ts';
import { useElectronDouble } from '../doubles/updates/use-electron-double.ts';

beforeAll(useElectronDouble);

/** As electron-builder writes it for a build that is signed. */
const signed = `provider: generic
url: https://elsewhere.example/
publisherName:
  - 'Nunba: the authors'
  - Nunba GmbH
updaterCacheDirName: nunba-updater
`;

/** Whom electron-updater itself asks for, and where it would look. */
async function configured(packaged: string | null, system: NodeJS.Platform): Promise<unknown> {
  const home = tempFolder();
  vi.stubEnv('NUNBA_TEST_USER_DATA', home);
  if (packaged !== null) fs.writeFileSync(path.join(home, 'app-update.yml'), packaged);
  const { NsisUpdater } = await import('electron-updater');
  const updater = new NsisUpdater();
  const source = { feed: 'http://127.0.0.1:1/', releaseKey: new Uint8Array(32) };
  const folder = path.join(home, 'updates');
  configureUpdater(updater, { source, folder, isPackaged: true }, { system, resources: home });
  const { configOnDisk } = updater as unknown as { readonly configOnDisk: { readonly value: Promise<unknown> } };
  vi.unstubAllEnvs();
  return configOnDisk.value;
}

const own = { provider: 'generic', url: 'http://127.0.0.1:1/', updaterCacheDirName: 'nunba-updater' };

test('on Windows an update has to be signed by whoever signed this build', async () => {
  expect(await configured(signed, 'win32')).toEqual({ ...own, publisherName: ['Nunba: the authors', 'Nunba GmbH'] });
  const oneLine = 'publisherName: Nunba GmbH\r\nprovider: generic\r\n';
  expect(await configured(oneLine, 'win32')).toEqual({ ...own, publisherName: 'Nunba GmbH' });
});

test.each([
  ['of a build that nobody signed', 'provider: generic\nurl: https://elsewhere.example/\n', 'win32'],
  ['of a build that was told no feed', null, 'win32'],
  ['elsewhere', signed, 'linux'],
] as const)('nothing of the packaged configuration is taken %s', async (_, packaged, system) => {
  expect(await configured(packaged, system)).toEqual(own);
});
