import path from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../../../platform/atomic-file.ts';
import { describeBytes } from '../../../protocol/describe-bytes.ts';
import { defineDeedTool, type Tool, type ToolPlan, ToolRefusal } from '../../tools/tool.ts';
import { factsOf, fileStateOf, isUnchanged } from '../disk/file-state.ts';
import type { Found, Reach } from '../reach/reach.ts';
import { defaultUndoLimits } from '../undo/undo-store.ts';
import type { FileMeans } from './file-means.ts';
import { requireOneRoot } from './one-root.ts';
import { performSteps, type Step } from './perform-steps.ts';

/** Takes files out of a picked folder; Nunba keeps a copy of each for 30 days. */
export const removeFiles = (means: FileMeans): Tool =>
  defineDeedTool({
    name: 'remove_files',
    description:
      'Removes up to 200 files from a folder that the person picked; folders are left. A copy is kept for a while, so that it can be undone. The person sees the list first and may refuse it.',
    input: z.strictObject({
      paths: z.array(z.string().min(1).max(4096)).min(1).max(200).describe('The files, as list_files names them.'),
    }),
    limits: { timeMs: 180_000 },
    argumentsForRest: ({ changes }) => {
      const paths = changes.flatMap((change) => (change.kind === 'remove' ? [change.path] : []));
      return paths.length === 0 ? null : { paths };
    },
    async plan({ paths }, context) {
      const reach = await means.reachFor(context);
      const removals: Removal[] = [];
      for (const given of paths) {
        context.signal.throwIfAborted();
        removals.push(await removalOf(means, await reach.findToChange(given)));
      }
      return planRemovals(means, removals);
    },
  });

/** A file that is to be removed, as it was when that was planned. */
interface Removal {
  readonly found: Found;
  readonly sha256: string;
  readonly sizeBytes: number;
}

async function removalOf({ files }: FileMeans, found: Found): Promise<Removal> {
  const { facts, shown } = found;
  if (!facts) throw new ToolRefusal(`There is no file “${shown}”.`);
  if (facts.isDirectory()) throw new ToolRefusal(`“${shown}” is a folder. Only files are removed.`);
  const { fileBytes } = defaultUndoLimits;
  if (facts.size > fileBytes) {
    const size = describeBytes(Number(facts.size));
    throw new ToolRefusal(
      `“${shown}” (${size}) is larger than what can be kept for an undo. The person can remove it.`,
    );
  }
  const state = await fileStateOf(files, found.path);
  if (state.kind !== 'file') throw new ToolRefusal(`“${shown}” is no plain file.`);
  return { found, sha256: state.sha256, sizeBytes: Number(facts.size) };
}

function planRemovals(means: FileMeans, removals: readonly Removal[]): ToolPlan {
  const root = requireOneRoot(removals.map(({ found }) => found));
  if (new Set(removals.map(({ found }) => found.path)).size < removals.length) {
    throw new ToolRefusal('A file is named twice.');
  }
  const changes = removals.map(({ found: { path }, sizeBytes }) => ({ kind: 'remove' as const, path, sizeBytes }));
  return {
    kind: 'deed',
    deed: { kind: 'change-files', folder: root.path, changes },
    run: async (context, notes) => {
      const reach = await means.reachFor(context);
      return performSteps(
        removals.map((removal) => removalStep(means, reach, removal)),
        notes,
        context,
        means.locks,
      );
    },
  };
}

/** Keeps a copy, and removes the file if it is still what was copied and shown. */
export function removalStep(
  { files, store }: FileMeans,
  reach: Reach,
  { found, sha256: planned }: Pick<Removal, 'found' | 'sha256'>,
): Step {
  const { path: file, shown } = found;
  return {
    label: `removed ${shown}`,
    prepare: async () => {
      await reach.requireSame(found);
      const { sha256, keptAs, facts } = await store.keep(file);
      if (sha256 !== planned) throw new ToolRefusal(`“${shown}” was changed since, so it was not removed.`);
      return {
        effect: { kind: 'remove-file', path: file, sha256, keptAs },
        act: async () => {
          await reach.requireSame(found);
          const last = await factsOf(files, file);
          if (!last || !isUnchanged(last, facts)) throw new ToolRefusal(`“${shown}” was changed just now.`);
          await files.unlink(file);
          await syncFolder(path.dirname(file), files);
        },
      };
    },
  };
}
