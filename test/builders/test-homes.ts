import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Where the workers of a test run make their homes; they inherit the environment. */
const variable = 'TEST_HOMES';

/** Before a run. */
export function setup(): void {
  process.env[variable] ??= fs.mkdtempSync(path.join(os.tmpdir(), 'nunba-test-homes-'));
}

/** After a run: workers are ended without a chance to tidy up, so it is done here. */
export function teardown(): void {
  const folder = process.env[variable];
  if (folder) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
