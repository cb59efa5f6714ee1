import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { partBytes } from '../../node-core/agents/local/download/part-record.ts';
import { fileServer, integrityOf } from '../builders/file-server.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const script = path.resolve(import.meta.dirname, '../builders/download-child.ts');

it('a download goes on after its process was killed, three times, and is whole in the end', async () => {
  const content = randomBytes(4_000_000);
  const server = await fileServer(content, (request) => (request < 3 ? { bytesPerSecond: 4_000_000 } : {}));
  const to = path.join(tempFolder(), 'model.gguf');
  const start = () => {
    const child = spawn(process.execPath, [script, server.url, to, String(content.length), integrityOf(content)]);
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  for (const enough of [500_000, 1_500_000, 2_500_000]) {
    const child = start();
    await expect.poll(() => partBytes(to), { timeout: 15_000, interval: 10 }).toBeGreaterThan(enough);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(fs.existsSync(to)).toBe(false);
  }
  const [code] = await once(start(), 'exit');
  expect(code).toBe(0);
  expect(fs.readFileSync(to).equals(content)).toBe(true);
  expect(fs.readdirSync(path.dirname(to))).toEqual(['model.gguf']);
  const starts = server.requests.map(({ range }) => Number(/\d+/.exec(range ?? '0')?.[0]));
  expect(starts[0]).toBe(0);
  expect(starts[1]).toBeGreaterThan(500_000);
  expect(starts[2]).toBeGreaterThan(1_500_000);
  expect(starts[3]).toBeGreaterThan(2_500_000);
}, 60_000);
