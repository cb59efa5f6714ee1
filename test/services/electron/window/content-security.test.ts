import { describe, expect, test } from 'vitest';
import { contentSecurity, contentSecurityHeader } from '../../../../node-core/api/content-security.ts';

describe.each(['browser', 'window'] as const)('in the %s', (home) => {
  test('what is not named is denied, and no source is another host or text', () => {
    expect(contentSecurity(home)['default-src']).toEqual(["'none'"]);
    const sources = new Set(Object.values(contentSecurity(home)).flat());
    expect([...sources].sort()).toEqual([
      "'none'",
      "'self'",
      "'unsafe-inline'",
      "'wasm-unsafe-eval'",
      'blob:',
      'data:',
    ]);
  });

  test('scripts are files of the page', () => {
    expect(contentSecurity(home)['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  });

  test('it stands in no frame and changes no base', () => {
    expect(contentSecurityHeader(home)).toContain("base-uri 'none'; frame-ancestors 'none'");
  });
});

test('the window reaches no address; the browser only its node', () => {
  const reach = (home: 'browser' | 'window') =>
    ['connect-src', 'form-action'].map((name) => contentSecurity(home)[name]);
  expect([reach('window'), reach('browser')]).toEqual([
    [["'none'"], ["'none'"]],
    [["'self'"], ["'self'"]],
  ]);
});
