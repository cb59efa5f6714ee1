import { expect, test } from 'vitest';
import { plainFolderOf } from '../../../node-core/agents/knowledge/collections/knowledge-handlers.ts';

test.each([
  ['/home/me/Notes/flat/lease.txt', '/home/me/Notes/flat'],
  ['/home/me/Notes/Game.app/readme.txt', '/home/me/Notes/'],
  ['/home/me/Notes/Game.APP/Contents/readme.txt', '/home/me/Notes/'],
  ['/home/me/my.apps/readme.txt', '/home/me/my.apps'],
  ['/home/me/a.app', '/home/me'],
])('the folder that is shown of %s is %s', (file, folder) => {
  expect(plainFolderOf(file)).toBe(folder);
});
