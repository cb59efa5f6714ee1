import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * What the worker does. Text, because a worker made from a file would need a bundle of its own. SQLite checks tables,
 * indexes and the text index, and whether every row finds what it refers to.
 */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const raw = new Database(workerData.file, { readonly: true, fileMustExist: true });
  try {
    raw.exec('BEGIN');
    const rows = raw.prepare('PRAGMA integrity_check').pluck().all();
    const broken = raw.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get();
    parentPort.postMessage({ rows, broken });
  } finally {
    raw.close();
  }
`;

const answerSchema = z.object({ rows: z.array(z.string()), broken: z.number() });

/**
 * Looks through a whole database file, in a thread of its own: a large one takes seconds, in which answers must go
 * on streaming. Rejects with SQLite's words if the file cannot be read at all.
 * @returns what is wrong; empty if nothing
 */
export async function checkFile(file: string): Promise<readonly string[]> {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(script, { eval: true, workerData: { driver, file } });
  try {
    const { rows, broken } = answerSchema.parse(
      await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('The check ended without a result.')));
      }),
    );
    const problems = rows.filter((row) => row !== 'ok');
    return broken === 0 ? problems : [...problems, `${broken} rows refer to rows that are not there`];
  } finally {
    await worker.terminate();
  }
}
