import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { explainError, isDamage } from './sqlite-failures.ts';

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
 * on streaming. Damage that breaks the look off is a problem like others; rejects where the look could not be made (no
 * memory for the thread, no file to open), which is nothing of the database's.
 * @returns what is wrong; empty if nothing
 */
export async function findProblems(file: string): Promise<readonly string[]> {
  try {
    return await checkFile(file);
  } catch (error) {
    if (error instanceof Error && (isDamage(error) || isBrokenSchema(error))) return [error.message];
    throw explainError(error, file);
  }
}

/** What is asked is always the same and right, so that SQLite can refuse it for nothing but what it found in the file. */
const isBrokenSchema = (error: Error): boolean => 'code' in error && error.code === 'SQLITE_ERROR';

/** The same, but rejects with what SQLite says where damage breaks the look off. */
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
