import { expect, test } from 'vitest';
import { isPermitted } from '../../../electron/window/permissions.ts';

test('the page may put text on the clipboard', () => {
  expect(isPermitted('clipboard-sanitized-write', 'app://nunba/')).toBe(true);
});

test.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'midi', 'openExternal', 'fileSystem'])(
  'the page may not have %s',
  (permission) => {
    expect(isPermitted(permission, 'app://nunba/')).toBe(false);
  },
);

test.each(['https://example.org/', 'app://other/', 'null', ''])('%s may have nothing', (origin) => {
  expect(isPermitted('clipboard-sanitized-write', origin)).toBe(false);
});
