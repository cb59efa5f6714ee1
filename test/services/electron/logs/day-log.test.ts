import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DayLog } from '../../../../electron/logs/day-log.ts';
import { lastLines, shellLogNames } from '../../../../electron/logs/last-lines.ts';
import { tempFolder, writeFiles } from '../../../builders/temp-folder.ts';

const dayMs = 24 * 3_600_000;
const start = Date.parse('2026-03-04T23:59:59.500Z');

function open(folder: string, maxBytesPerDay = 10_000) {
  const clock = { now: start };
  return { clock, log: new DayLog({ folder, now: () => clock.now, keepDays: 7, maxBytesPerDay }) };
}

test('each day has a file, and lines stand in it with their time', () => {
  const folder = path.join(tempFolder(), 'logs');
  const { clock, log } = open(folder);
  log.write('first');
  clock.now += 1_000;
  log.write('second\nat once\n');
  expect(fs.readFileSync(path.join(folder, 'shell-2026-03-04.log'), 'utf8')).toBe('2026-03-04T23:59:59.500Z first\n');
  expect(fs.readFileSync(path.join(folder, 'shell-2026-03-05.log'), 'utf8')).toBe(
    '2026-03-05T00:00:00.500Z second\n  at once\n',
  );
});

test('days before the last seven go, and nothing else does', () => {
  const folder = tempFolder();
  writeFiles(folder, { 'shell-2026-02-25.log': '', 'shell-2026-02-26.log': '', 'nunba.log': '', 'shell-old.log': '' });
  open(folder).log.write('line');
  expect(fs.readdirSync(folder).sort()).toEqual([
    'nunba.log',
    'shell-2026-02-26.log',
    'shell-2026-03-04.log',
    'shell-old.log',
  ]);
});

test('a week of crowded days stays bounded, and each file says that it is full', () => {
  const folder = tempFolder();
  const { clock, log } = open(folder, 1_000);
  for (let day = 0; day < 20; day += 1) {
    for (let line = 0; line < 100; line += 1) log.write(`line ${line} of many`);
    clock.now += dayMs;
  }
  const files = fs.readdirSync(folder);
  expect(files).toHaveLength(7);
  for (const file of files) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    expect(text.length).toBeLessThan(1_100);
    expect(text).toMatch(/full; nothing more of it is kept\.\n$/);
  }
});

test('a restart on the same day goes on where it ended', () => {
  const folder = tempFolder();
  for (const run of ['first', 'second']) open(folder).log.write(run);
  expect(lastLines(folder, shellLogNames(folder), 10).map((line) => line.split(' ')[1])).toEqual(['first', 'second']);
});

test('where nothing can be written nothing is thrown', () => {
  const file = path.join(tempFolder(), 'a-file');
  fs.writeFileSync(file, '');
  expect(() => open(path.join(file, 'logs')).log.write('line')).not.toThrow();
});

test('the last lines come from as many files as it takes, oldest first', () => {
  const folder = tempFolder();
  writeFiles(folder, { 'new.log': 'c\nd\n', 'old.log': 'a\nb\n', 'older.log': 'never\n' });
  expect(lastLines(folder, ['new.log', 'gone.log', 'old.log', 'older.log'], 3)).toEqual(['b', 'c', 'd']);
  expect(lastLines(path.join(folder, 'nowhere'), ['new.log'], 3)).toEqual([]);
  expect(shellLogNames(path.join(folder, 'nowhere'))).toEqual([]);
});

test('of a large file only the end is read, by whole lines', () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.log': `${'x'.repeat(400_000)}\nlast\n` });
  expect(lastLines(folder, ['a.log'], 10)).toEqual(['last']);
});
