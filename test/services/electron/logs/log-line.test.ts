import { expect, test } from 'vitest';
import { logLine } from '../../../../electron/logs/log-line.ts';

test('an error stands there by name, message, place and cause, without what hangs on it', () => {
  const cause = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  const error = Object.assign(new TypeError('it failed', { cause }), { body: 'canary' });
  const line = logLine(['Something went wrong:', error]);
  expect(line).toMatch(/^Something went wrong: TypeError: it failed\nat .*\n/);
  expect(line).toContain('caused by Error [ENOENT]: no such file');
  expect(line).not.toContain('canary');
});

test('secrets are masked, and a value that nobody looked at is only named', () => {
  expect(logLine(['key', 'sk-canary-0123456789', 7, null, { text: 'canary' }])).toBe('key *** 7 null (object)');
});
