import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig, toNodeConfig } from '../../../node-core/config/read-config.ts';
import type { ProgramFiles } from '../../../node-core/platform/program-files.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'nunba-config-'));
const checkout = path.join(root, 'checkout');
const folder = path.join(root, 'data');
const program: ProgramFiles = {
  root: checkout,
  version: '1.2.3',
  resources: path.join(checkout, 'resources'),
  page: null,
  licences: path.join(checkout, 'licences.json'),
};
const write = (where: string, text: string): void => {
  fs.mkdirSync(where, { recursive: true });
  fs.writeFileSync(path.join(where, '.env'), text);
};
const mark = (tier: string): void => {
  fs.mkdirSync(folder, { recursive: true });
  const database = new Database(path.join(folder, 'nunba.db'));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE settings (name TEXT PRIMARY KEY, value_json TEXT NOT NULL)');
  database.prepare("INSERT INTO settings VALUES ('node.tier', ?)").run(JSON.stringify(tier));
  database.close();
};
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

describe('reading the configuration', () => {
  test('the .env of the checkout comes before that of the data folder', () => {
    write(checkout, `NUNBA_DATA_DIR="${folder}"\nNUNBA_PORT=7001\n`);
    write(folder, 'NUNBA_PORT=7002\nNUNBA_HOST=localhost\nNUNBA_DATA_DIR=/elsewhere\n');
    const { values } = readConfig({}, {}, program);
    expect(values).toMatchObject({ dataFolder: folder, port: 7001, host: 'localhost' });
  });

  test('without a word it is loopback, 6777, flat and the documents folder', () => {
    const config = toNodeConfig(readConfig({}, {}, program), program);
    expect(config).toMatchObject({ host: '127.0.0.1', port: 6777, tier: 'flat', providers: [], version: '1.2.3' });
    expect(config.dataFolder).toBe(path.join(os.homedir(), 'Documents', 'Nunba', 'data'));
  });

  test.each([
    ['regional', {}, 'regional'],
    ['regional', { tier: 'regional' }, 'regional'],
    ['central', {}, 'central'],
    ['flat', { tier: 'regional' }, 'regional'],
    ['flat', { tier: 'local' }, 'local'],
  ] as const)('a %s folder with %j starts as %s', (marked, flags, tier) => {
    mark(marked);
    const config = toNodeConfig(readConfig({ dataFolder: folder, ...flags }, {}, program), program);
    expect(config).toMatchObject({ tier, isTierAsked: 'tier' in flags });
  });

  test.each([
    ['regional', 'flat'],
    ['regional', 'central'],
    ['local', 'regional'],
    ['central', 'flat'],
    ['flat', 'central'],
  ] as const)('a %s folder refuses to start as %s', (folderTier, askedTier) => {
    mark(folderTier);
    const attempt = (): unknown => readConfig({ dataFolder: folder, tier: askedTier }, {}, program);
    const failure = { kind: 'tier-contradiction', folderTier, askedTier };
    expect(attempt).toThrow(expect.objectContaining({ failure }));
  });

  test('the tier of a flat folder comes from the folder, and reading leaves it as it was', () => {
    mark('flat');
    const before = fs.readFileSync(path.join(folder, 'nunba.db'));
    const { decided } = readConfig({ dataFolder: folder }, {}, program);
    expect(decided.find(({ name }) => name === 'tier')?.source).toBe('the data folder');
    expect(fs.readFileSync(path.join(folder, 'nunba.db')).equals(before)).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['nunba.db']);
  });

  test('a file that is no database has no mark', () => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'nunba.db'), 'nonsense');
    expect(readConfig({ dataFolder: folder }, {}, program).values.tier).toBe('flat');
  });
});
