import { setImmediate as turn } from 'node:timers/promises';
import type { IndexWriter } from '../index/index-writer.ts';

/** Files whose passages are forgotten in one transaction. */
const filesPerBatch = 50;

/** Forgets everything that the index holds of a root, a few files at a time. Can be broken off and begun again. */
export async function forgetRoot(writer: IndexWriter, rootId: string, signal: AbortSignal): Promise<void> {
  const number = writer.rootNumber(rootId);
  const paths = [...writer.filesOf(number).keys()];
  for (let at = 0; at < paths.length; at += filesPerBatch) {
    signal.throwIfAborted();
    writer.begin();
    try {
      for (const path of paths.slice(at, at + filesPerBatch)) for (const _ of writer.remove(number, path));
      writer.commit();
    } finally {
      writer.rollback();
    }
    await turn();
  }
  writer.removeRoot(number);
}
