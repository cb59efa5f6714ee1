import fs from 'node:fs';
import path from 'node:path';
import { build, type PluginOption } from 'vite';
import { createTargets } from '../../../build/targets.ts';
import type { ReleaseFeed } from '../../doubles/updates/release-feed.ts';

const root = path.join(import.meta.dirname, '../../..');

/** One version of the app, as a build with a feed makes it. */
interface AppVersion {
  /** Below which it is made. */
  readonly folder: string;
  readonly version: string;
  readonly feed: ReleaseFeed;
  /** A new step of the schema that deletes what it finds and then fails. */
  readonly isMigrationBroken?: boolean;
}

/** Builds the shell and the node anew; the rest is the checkout's. Returns the folder of the app. */
export async function buildApp({ folder, version, feed, isMigrationBroken = false }: AppVersion): Promise<string> {
  const app = path.join(folder, `app-${version}`);
  fs.mkdirSync(path.join(app, 'dist'), { recursive: true });
  const manifest: object = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  fs.writeFileSync(path.join(app, 'package.json'), JSON.stringify({ ...manifest, version }));
  for (const name of ['node_modules', 'resources', 'dist/renderer', 'dist/icons', 'dist/licences.json']) {
    fs.symlinkSync(path.join(root, name), path.join(app, name));
  }
  const updates = { feed: feed.address, releaseKey: feed.publicKey };
  const targets = createTargets(root, path.join(app, 'dist'), updates).filter(
    ({ folder: name }) => name === 'electron',
  );
  for (const { config } of targets) {
    await build({ ...config, plugins: [config.plugins, isMigrationBroken ? brokenMigration : null] });
  }
  return app;
}

const brokenMigration: PluginOption = {
  name: 'broken-migration',
  transform(code, id) {
    if (!id.endsWith('all-migrations.ts')) return null;
    const step = `{ version: 99, up: (raw) => { raw.exec('DELETE FROM messages'); throw new Error('step 99 is broken'); } }`;
    const changed = code.replace(/\[([^\]]+)\];/, (_, steps: string) => `[${steps}, ${step}];`);
    if (changed === code) throw new Error('There is no list of migrations to break.');
    return { code: changed, map: null };
  },
};
