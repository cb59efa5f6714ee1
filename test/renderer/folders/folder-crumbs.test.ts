import { expect, test } from 'vitest';
import { crumbsOf, folderName } from '../../../renderer/folders/folder-crumbs.ts';

test.each([
  ['/', ['/']],
  ['/home/a b/Photos', ['/', '/home', '/home/a b', '/home/a b/Photos']],
  ['C:\\', ['C:\\']],
  ['C:\\Users\\a', ['C:\\', 'C:\\Users', 'C:\\Users\\a']],
  ['\\\\server\\share\\a', ['\\\\server\\share\\', '\\\\server\\share\\a']],
])('the way to %s', (path, way) => {
  expect(crumbsOf(path).map((crumb) => crumb.path)).toEqual(way);
});

test('a folder is called by the last part of its path', () => {
  expect(folderName('/home/a/Photos')).toBe('Photos');
  expect(folderName('D:\\')).toBe('D:\\');
});
