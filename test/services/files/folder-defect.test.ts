import { expect, test } from 'vitest';
import { folderDefect } from '../../../node-core/agents/files/folders/folder-defect.ts';

const linux = {
  platform: 'linux',
  home: '/home/a',
  dataFolder: '/home/a/Documents/Nunba/data',
  environment: {},
} as const;
const mac = {
  platform: 'darwin',
  home: '/Users/a',
  dataFolder: '/Users/a/Documents/Nunba/data',
  environment: {},
} as const;
const windows = {
  platform: 'win32',
  home: 'C:\\Users\\a',
  dataFolder: 'C:\\Users\\a\\Documents\\Nunba\\data',
  environment: { SystemRoot: 'C:\\WINDOWS', ProgramFiles: 'E:\\Programs' },
} as const;

test.each([
  ['/home/a/Photos', linux, null],
  ['/home/a/Documents/Letters', linux, null],
  ['/home/a/.ssh', linux, null],
  ['/home/b/Photos', linux, null],
  ['/media/a/stick', linux, null],
  ['/run/media/a/stick', linux, null],
  ['/mnt/disk', linux, null],
  ['/srv/texts', linux, null],
  ['/', linux, 'root'],
  ['/home/a', linux, 'home'],
  ['/home', linux, 'own-data'],
  ['/HOME/A', linux, 'own-data'],
  ['/home/a/Documents', linux, 'own-data'],
  ['/home/a/Documents/Nunba', linux, 'own-data'],
  ['/home/a/documents/nunba/data', linux, 'own-data'],
  ['/home/a/Documents/Nunba/data/undo', linux, 'own-data'],
  ['/etc', linux, 'system'],
  ['/etc/nunba', linux, 'system'],
  ['/usr/share', linux, 'system'],
  ['/var/log', linux, 'system'],
  ['/run/media', linux, 'system'],
  ['/run/user/1000', linux, 'system'],
  ['/proc/self', linux, 'system'],
  ['/Users/a/Pictures', mac, null],
  ['/Volumes/stick', mac, null],
  ['/private/var/folders/x', mac, null],
  ['/Library/Keychains', mac, 'system'],
  ['/private/etc', mac, 'system'],
  ['C:\\Users\\a\\Pictures', windows, null],
  ['D:\\Pictures', windows, null],
  ['D:\\', windows, 'root'],
  ['C:\\', windows, 'root'],
  ['c:\\users\\A', windows, 'own-data'],
  ['C:\\Users\\a\\Documents\\Nunba', windows, 'own-data'],
  ['C:\\Windows\\System32', windows, 'system'],
  ['c:\\windows', windows, 'system'],
  ['E:\\Programs\\X', windows, 'system'],
  ['C:\\ProgramData', windows, 'system'],
] as const)('%s', (folder, surroundings, expected) => {
  // The home folder holds the data by default, so both reasons are right; the rule for each alone is below.
  const found = folderDefect(folder, surroundings);
  expect(found === 'own-data' && expected === 'home' ? 'home' : found).toBe(expected);
});

test('the home folder and what is above it are refused wherever the data is', () => {
  const elsewhere = { ...linux, dataFolder: '/srv/nunba' };
  expect(folderDefect('/home/a', elsewhere)).toBe('home');
  expect(folderDefect('/home', elsewhere)).toBe('home');
  expect(folderDefect('/home/a/Documents', elsewhere)).toBeNull();
  expect(folderDefect('/srv', elsewhere)).toBe('own-data');
});

test('another way of writing the same letters leads around no refusal', () => {
  const surroundings = { ...mac, home: '/Users/jos\u00e9', dataFolder: '/Users/jos\u00e9/Documents/Nunba/data' };
  expect(folderDefect('/Users/jose\u0301', { ...surroundings, dataFolder: '/data/nunba' })).toBe('home');
  expect(folderDefect('/Users/jose\u0301/Documents', surroundings)).toBe('own-data');
});
