import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { z } from 'zod';
import type { FileChange } from '../../../protocol/hands/deed.ts';
import { defineDeedTool, type Tool, type ToolPlan, ToolRefusal } from '../../tools/tool.ts';
import { factsOf, fileStateOf, isSameFile, isUnchanged, markOf, readingOf } from '../disk/file-state.ts';
import { moveNew, placeNew, temporaryFor, writeTemporary } from '../disk/place-file.ts';
import type { Found, Reach } from '../reach/reach.ts';
import { type FileMeans, openFound } from './file-means.ts';
import type { Hop } from './move-order.ts';
import { requireOneRoot } from './one-root.ts';
import { performSteps, type Step } from './perform-steps.ts';
import { folderChange, folderStep } from './plan-folders.ts';
import { type MovePlan, movesLeft, type PlannedMove, planMoves } from './plan-moves.ts';
import { removalStep } from './remove-files.ts';

/** Most changes that a person is shown at once. */
const maxChanges = 1000;

const place = z.string().min(1).max(4096);

/** Moves and renames within a picked folder. */
export const moveFiles = (means: FileMeans): Tool =>
  defineDeedTool({
    name: 'move_files',
    description:
      'Moves or renames up to 200 files or folders within a folder that the person picked. Folders that are missing are made, nothing is overwritten, two things can be swapped. The person sees the list first and may refuse it.',
    input: z.strictObject({
      moves: z
        .array(z.strictObject({ from: place, to: place.describe('The new path, or a folder that takes it.') }))
        .min(1)
        .max(200),
    }),
    limits: { timeMs: 180_000 },
    argumentsForRest: ({ changes }) => {
      const moves = movesLeft(changes).map(({ from, to }) => ({ from, to }));
      return moves.length === 0 ? null : { moves };
    },
    async plan({ moves }, context) {
      const reach = await means.reachFor(context);
      return deedOf(means, await planMoves(means, reach, moves, context.signal));
    },
  });

function deedOf(means: FileMeans, plan: MovePlan): ToolPlan {
  const { moves, folders, hops } = plan;
  const root = requireOneRoot(moves.flatMap(({ from, to }) => [from, to]));
  const changes: readonly FileChange[] = [
    ...folders.map(folderChange),
    ...hops.map(({ from, to }): FileChange => ({ kind: 'move', from, to })),
  ];
  if (changes.length > maxChanges) throw new ToolRefusal('These are too many changes at once. Use several calls.');
  return {
    kind: 'deed',
    deed: { kind: 'change-files', folder: root.path, changes },
    run: async (context, notes) => {
      const reach = await means.reachFor(context);
      await requireAsPlanned(means, reach, moves);
      const making = folders.map((folder) => folderStep(means.files, reach, folder, reach.shown(root, folder)));
      const moving = hops.flatMap((hop) => stepsOf(means, reach, moves, hop));
      return performSteps([...making, ...moving], notes, context, means.locks);
    },
  };
}

/** Before the first step everything has to be as it was shown. */
async function requireAsPlanned({ files }: FileMeans, reach: Reach, moves: readonly PlannedMove[]): Promise<void> {
  for (const { from, to } of moves) {
    await requireUnchanged({ files }, reach, from, from.path);
    await reach.requireSame(to);
    const now = await factsOf(files, to.path);
    const isSame = now === null ? to.facts === null : to.facts !== null && isSameFile(now, to.facts);
    if (!isSame) throw new ToolRefusal(`Nothing was changed: “${to.shown}” is not as it was when this was planned.`);
  }
}

async function requireUnchanged(
  { files }: Pick<FileMeans, 'files'>,
  reach: Reach,
  { shown, facts }: Found,
  at: string,
): Promise<BigIntStats> {
  await reach.requireSame({ path: at, shown });
  const now = await factsOf(files, at);
  const isSame = now && facts && (facts.isDirectory() ? isSameFile(now, facts) : isUnchanged(now, facts));
  if (!now || !isSame) throw new ToolRefusal(`“${shown}” was changed since this was planned.`);
  return now;
}

function stepsOf(means: FileMeans, reach: Reach, moves: readonly PlannedMove[], hop: Hop): readonly Step[] {
  const move = moves[hop.move];
  if (!move) return [];
  if (move.isFar) return farSteps(means, reach, move);
  const { files } = means;
  const { from, to } = hop;
  const root = move.from.root;
  return [
    {
      label: `moved ${reach.shown(root, from)} to ${reach.shown(root, to)}`,
      prepare: async () => {
        const facts = await requireUnchanged(means, reach, move.from, from);
        return {
          effect: { kind: 'move', from, to, what: markOf(facts) },
          act: async () => {
            await requireUnchanged(means, reach, move.from, from);
            await reach.requireSame({ path: to, shown: move.to.shown });
            await moveNew(files, from, to);
          },
        };
      },
    },
  ];
}

/** To another disk: a copy that is safe there, then the removal. */
function farSteps(means: FileMeans, reach: Reach, { from, to }: PlannedMove): readonly Step[] {
  const { files } = means;
  let sha256 = '';
  const copy: Step = {
    label: `copied ${from.shown} to ${to.shown}`,
    prepare: async () => {
      await requireUnchanged(means, reach, from, from.path);
      const state = await fileStateOf(files, from.path);
      if (state.kind !== 'file') throw new ToolRefusal(`“${from.shown}” was changed since this was planned.`);
      sha256 = state.sha256;
      return {
        effect: { kind: 'write-file', path: to.path, before: null, afterSha256: sha256 },
        act: async () => {
          await reach.requireSame(to);
          await copyFile(means, reach, { from, to, sha256 });
        },
      };
    },
  };
  const removal: Step = {
    label: `removed ${from.shown}, which is at ${to.shown} now`,
    prepare: () => removalStep(means, reach, { found: from, sha256 }).prepare(),
  };
  return [copy, removal];
}

async function copyFile(
  { files }: FileMeans,
  reach: Reach,
  { from, to, sha256 }: { readonly from: Found; readonly to: Found; readonly sha256: string },
): Promise<void> {
  const temporary = temporaryFor(to.path, sha256);
  const handle = await openFound(files, reach, from);
  const hash = createHash('sha256');
  const tapped = async function* () {
    for await (const chunk of readingOf(handle)) {
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    const { mode, mtimeMs, uid, gid } = await handle.stat();
    await writeTemporary(files, temporary, tapped(), { mode, modifiedAt: mtimeMs, owner: { uid, gid } });
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') !== sha256) {
    await files.rm(temporary, { force: true });
    throw new ToolRefusal(`“${from.shown}” was changed while it was copied.`);
  }
  await placeNew(files, temporary, to.path);
}
