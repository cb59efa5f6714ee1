import type { CallHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import type { Timer } from '../protocol/ports/clock.ts';
import type { ChatContext } from './chat-context.ts';
import { importArchive } from './import-archive.ts';
import { readArchive } from './read-archive.ts';

type ImportCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `imports.${string}`>>;

/** Imports at once; a page has one. */
const mostImports = 2;

/** Most text of one import, in UTF-16 units; a larger one would need more memory than is polite. */
const longestText = 256 * 1024 * 1024;

/** An import that nobody goes on with is dropped after this, ms. */
const idleMs = 10 * 60_000;

interface OpenImport {
  readonly pieces: string[];
  length: number;
  timer: Timer;
}

/** Answers `imports.*`: pieces are put together in memory, then read and taken in as a whole. */
export function createImportHandlers(context: ChatContext): { readonly calls: ImportCalls; readonly stop: () => void } {
  const { clock, ids, list } = context;
  const open = new Map<string, OpenImport>();

  const wait = (id: string): Timer => clock.after(idleMs, () => open.delete(id));
  const find = (id: string): OpenImport => {
    const found = open.get(id);
    if (!found) throw new FailureError({ kind: 'not-found', what: 'import' });
    found.timer.cancel();
    found.timer = wait(id);
    return found;
  };
  const take = (id: string): OpenImport => {
    const found = find(id);
    found.timer.cancel();
    open.delete(id);
    return found;
  };

  return {
    calls: {
      'imports.begin': () => {
        if (open.size >= mostImports) {
          throw new FailureError({ kind: 'too-many', what: 'imports at once', limit: mostImports });
        }
        const id = ids();
        open.set(id, { pieces: [], length: 0, timer: wait(id) });
        return { id };
      },
      'imports.append': ({ id, text }) => {
        const found = find(id);
        found.length += text.length;
        if (found.length > longestText) {
          take(id);
          throw new FailureError({
            kind: 'too-large',
            what: 'The import',
            sizeBytes: found.length,
            limitBytes: longestText,
          });
        }
        found.pieces.push(text);
        return {};
      },
      'imports.finish': async ({ id }) => {
        const result = await importArchive(context, readArchive(take(id).pieces.join('')));
        await list.reset();
        return result;
      },
      // One that is gone already needs no cancelling.
      'imports.cancel': ({ id }) => {
        if (open.has(id)) take(id);
        return {};
      },
    },
    stop: () => {
      for (const id of [...open.keys()]) take(id);
    },
  };
}
