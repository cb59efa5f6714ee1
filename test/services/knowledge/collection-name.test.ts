import { expect, test } from 'vitest';
import { nameOfRoot } from '../../../node-core/agents/knowledge/collections/collection-name.ts';

test.each([
  ['/home/ann/Notes', 'Notes'],
  [null, 'Collection'],
  ['/', 'Collection'],
  [`/home/${'a'.repeat(60)}`, 'a'.repeat(60)],
  [`/home/${'a'.repeat(61)}`, `${'a'.repeat(59)}…`],
  [
    '/home/All the letters that somebody has kept in one folder since 1998',
    'All the letters that somebody has kept in one folder since…',
  ],
])('a collection of %s is called %s', (root, name) => {
  expect(nameOfRoot(root)).toBe(name);
  expect(nameOfRoot(root).length).toBeLessThanOrEqual(60);
});
