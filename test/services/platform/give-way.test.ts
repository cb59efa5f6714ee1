import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const module = pathToFileURL(path.resolve('node-core/platform/give-way.ts')).href;

/** Tells the priority of each thread of a process whose pool of threads was at work before it gave way. */
const script = `
import fs from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { giveWay } from ${JSON.stringify(module)};
await fs.readFile('/proc/self/stat');
giveWay();
const niceOf = (id) => Number(readFileSync('/proc/self/task/' + id + '/stat', 'utf8').replace(/^.*\\) /s, '').split(' ')[16]);
console.log(JSON.stringify(readdirSync('/proc/self/task').map(niceOf)));
`;

it.runIf(process.platform === 'linux')('all threads of a process give way, also those that compute', () => {
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  const nices: unknown[] = JSON.parse(told);
  expect(nices.length).toBeGreaterThan(4);
  expect(new Set(nices)).toEqual(new Set([10]));
});
