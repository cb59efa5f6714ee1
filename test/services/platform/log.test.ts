import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../../node-core/platform/create-log.ts';
import { RotatingFile } from '../../../node-core/platform/rotating-file.ts';
import { maskSecrets } from '../../../node-core/protocol/mask-secrets.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const textIn = (folder: string): string =>
  fs
    .readdirSync(folder)
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('');

test('an error is logged by name, message, place and cause, without what hangs on it', () => {
  const folder = tempFolder();
  const log = createLog({ folder, onWarning: null, now: Date.now });
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new Error('Request failed', { cause }), {
    requestBodyValues: { messages: ['my secret diary'] },
    responseBody: 'their whole answer',
  });
  log.error({ incident: 'ABC', error }, 'Something went wrong.');
  log.close();
  const text = textIn(folder);
  expect(text).not.toMatch(/diary|whole answer/);
  expect(JSON.parse(text)).toMatchObject({
    incident: 'ABC',
    msg: 'Something went wrong.',
    error: { name: 'Error', message: 'Request failed', cause: { code: 'ECONNREFUSED' } },
  });
});

test('keys, tokens and passwords are masked, in fields and in what the terminal is told', () => {
  const folder = tempFolder();
  const told: string[] = [];
  const log = createLog({ folder, onWarning: (line) => told.push(line), now: Date.now });
  log.warn({ url: 'https://models.example/v1?key=AAAA-canary' }, 'Refused: Bearer canary-canary-1');
  log.info({ key: 'sk-canary-0123456789' }, 'quiet');
  log.close();
  expect(textIn(folder)).not.toContain('canary');
  expect(told).toEqual(['Refused: Bearer ***']);
});

test.each([
  ['sk-ant-api03-abcdefgh12345678', '***'],
  ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer ***'],
  ['AIzaSyA1234567890abcdefghijklmnop', '***'],
  ['https://x.example/v1beta?alt=sse&key=abc&b=1', 'https://x.example/v1beta?alt=sse&key= ***&b=1'],
  ['mysql://me:geheim@db.example/hive', 'mysql://me: ***@db.example/hive'],
  ['Nothing to hide at http://127.0.0.1:6777', 'Nothing to hide at http://127.0.0.1:6777'],
])('%s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test('a file that is full is put aside, the oldest goes, and the whole stays bounded', () => {
  const folder = tempFolder();
  const file = new RotatingFile({ folder, name: 'nunba', maxBytes: 100, keep: 2, maxAgeMs: 1_000, now: Date.now });
  for (let line = 0; line < 50; line += 1) file.write(`line ${String(line).padStart(3, '0')} of this log\n`);
  file.close();
  file.write('after the end\n');
  expect(fs.readdirSync(folder).sort()).toEqual(['nunba.1.log', 'nunba.2.log', 'nunba.log']);
  for (const name of fs.readdirSync(folder)) {
    expect(fs.statSync(path.join(folder, name)).size).toBeLessThanOrEqual(100);
  }
  expect(fs.readFileSync(path.join(folder, 'nunba.log'), 'utf8')).toMatch(/line 049 of this log\n$/);
});

test('a log goes on where the last run ended', () => {
  const folder = tempFolder();
  for (const run of ['first', 'second']) {
    const log = createLog({ folder, onWarning: null, now: Date.now });
    log.info({}, run);
    log.close();
  }
  expect(textIn(folder)).toMatch(/first[\s\S]*second/);
});

const dayMs = 24 * 3_600_000;

test('each day has a file, and what is older than seven days goes', () => {
  const folder = tempFolder();
  // The times of the files are those of the disk, so the clock only runs on from now.
  let now = Date.now();
  const file = new RotatingFile({
    folder,
    name: 'nunba',
    maxBytes: 1_000,
    keep: 9,
    maxAgeMs: 7 * dayMs,
    now: () => now,
  });
  for (let day = 0; day < 3; day += 1) {
    file.write(`day ${day}\n`);
    file.write('later that day\n');
    now += dayMs;
  }
  expect(fs.readdirSync(folder).sort()).toEqual(['nunba.1.log', 'nunba.2.log', 'nunba.log']);
  now += 6 * dayMs;
  file.write('a week after\n');
  file.close();
  expect(textIn(folder)).toBe('a week after\n');
});
