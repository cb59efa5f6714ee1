import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startTestHive } from '../../../doubles/trust/hive-listener.ts';

const resource = (name: string): string =>
  fs.readFileSync(new URL(`../../../../resources/join/${name}`, import.meta.url), 'utf8');

test('the page and its files are served, and may load nothing from elsewhere', async () => {
  const { listening } = await startTestHive({ tls: null });
  const page = await fetch(`${listening.address}/join`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self';/,
  );
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  const files = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
  expect(files).toEqual(['/join/join.css', '/join/join.js', 'nunba://join']);
  for (const [file, type] of [
    ['/join/join.css', 'text/css; charset=utf-8'],
    ['/join/join.js', 'text/javascript; charset=utf-8'],
    ['/join/uqr.js', 'text/javascript; charset=utf-8'],
  ] as const) {
    const answer = await fetch(`${listening.address}${file}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
  }
});

test('the page’s script sends nothing', () => {
  expect(resource('join.js')).not.toMatch(/fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|innerHTML|\bimport\(/);
});

test('the QR encoder of the page is that of the installed package', () => {
  const installed = fs.readFileSync(fileURLToPath(import.meta.resolve('uqr')), 'utf8');
  expect(resource('uqr.js')).toBe(installed);
});
