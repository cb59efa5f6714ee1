import { expect, test } from 'vitest';
import { isApple, keysOf, shortcutOf } from '../../../renderer/shortcuts.ts';

const press = (key: string, modifiers: Partial<Parameters<typeof shortcutOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

test.each([
  ['Ctrl N', press('n', { ctrlKey: true }), false, 'new-chat'],
  ['Ctrl K with caps lock', press('K', { ctrlKey: true }), false, 'search'],
  ['Ctrl ,', press(',', { ctrlKey: true }), false, 'settings'],
  ['Cmd K on a Mac', press('k', { metaKey: true }), true, 'search'],
  ['Ctrl K on a Mac', press('k', { ctrlKey: true }), true, null],
  ['Cmd K elsewhere', press('k', { metaKey: true }), false, null],
  ['Ctrl Shift N', press('N', { ctrlKey: true, shiftKey: true }), false, null],
  ['?', press('?', { shiftKey: true }), false, 'shortcuts'],
  ['k', press('k'), false, null],
])('%s', (_, key, isMac, expected) => {
  expect(shortcutOf(key, isMac, false)).toBe(expected);
});

test('while typing a question mark is a question mark, but the command keys hold', () => {
  expect(shortcutOf(press('?', { shiftKey: true }), false, true)).toBeNull();
  expect(shortcutOf(press('k', { ctrlKey: true }), false, true)).toBe('search');
});

test('keys are named as on the keyboard', () => {
  expect(keysOf('search', isApple('MacIntel'))).toBe('⌘K');
  expect(keysOf('settings', isApple('Linux x86_64'))).toBe('Ctrl ,');
});
