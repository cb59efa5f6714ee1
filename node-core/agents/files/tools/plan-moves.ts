import { createHash } from 'node:crypto';
import path from 'node:path';
import type { FileChange } from '../../../protocol/hands/deed.ts';
import { ToolRefusal } from '../../tools/tool.ts';
import { factsOf, isSameFile } from '../disk/file-state.ts';
import { placeKey } from '../disk/path-locks.ts';
import { isInside } from '../reach/place-within.ts';
import type { Found, Reach } from '../reach/reach.ts';
import { defaultUndoLimits } from '../undo/undo-store.ts';
import type { FileMeans } from './file-means.ts';
import { type Hop, type Move, orderMoves } from './move-order.ts';
import { surroundingsOf } from './plan-folders.ts';

/** A move whose two ends were looked at. */
export interface PlannedMove {
  readonly from: Found;
  readonly to: Found;
  /** To another disk, which takes a copy and a removal. */
  readonly isFar: boolean;
  /** Folders that have to be made for it, the outermost first. */
  readonly missing: readonly string[];
}

/** All moves of one call. */
export interface MovePlan {
  readonly moves: readonly PlannedMove[];
  /** Folders that have to be made first, the outermost first. */
  readonly folders: readonly string[];
  readonly hops: readonly Hop[];
}

/** Looks at everything that moves need and says in which order they go. Throws a ToolRefusal if one of them cannot. */
export async function planMoves(
  means: FileMeans,
  reach: Reach,
  asked: readonly Move[],
  signal: AbortSignal,
): Promise<MovePlan> {
  const sources: Found[] = [];
  for (const { from } of asked) sources.push(await sourceOf(reach, from));
  const paths = new Set(sources.map((source) => source.path));
  const moves: PlannedMove[] = [];
  for (const [index, from] of sources.entries()) {
    signal.throwIfAborted();
    const to = await targetOf(reach, asked[index]?.to ?? '', { from, sources: paths });
    moves.push(await lookAt(means, from, to));
  }
  refuseTangled(moves);
  const dependent = moves.map((move, index) => {
    const after = occupantOf(moves, move);
    return { from: move.from.path, to: move.to.path, after: after === index ? null : after };
  });
  const folders = [...new Set(moves.flatMap(({ missing }) => missing))].sort((a, b) => a.length - b.length);
  const hops = orderMoves(dependent, waitingPlaceOf);
  if (hops.length > moves.length && moves.some(({ isFar }) => isFar)) {
    throw new ToolRefusal('Files on two disks cannot be swapped. Move one of them to a free place first.');
  }
  for (const { to } of hops) await requireFreeIfWaiting(means, to);
  return { moves, folders, hops };
}

async function sourceOf(reach: Reach, given: string): Promise<Found> {
  const from = await reach.findToChange(given);
  const { facts, shown } = from;
  if (!facts) throw new ToolRefusal(`There is no “${shown}”.`);
  if (!facts.isFile() && !facts.isDirectory()) throw new ToolRefusal(`“${shown}” is no plain file and no folder.`);
  return from;
}

async function lookAt({ files }: FileMeans, from: Found, to: Found): Promise<PlannedMove> {
  const { facts } = from;
  if (!facts) throw new ToolRefusal(`There is no “${from.shown}”.`);
  if (to.path === from.path) throw new ToolRefusal(`“${from.shown}” is there already.`);
  const { missing, deviceId } = await surroundingsOf(files, to);
  const isFar = deviceId !== facts.dev;
  if (isFar && facts.isDirectory()) {
    throw new ToolRefusal(`“${from.shown}” would go to another disk. Move the files in it instead.`);
  }
  if (isFar && facts.size > defaultUndoLimits.fileBytes) {
    throw new ToolRefusal(`“${from.shown}” would go to another disk and is too large to be kept for an undo.`);
  }
  return { from, to, isFar, missing };
}

/** A folder that is there and stays, or a path that ends like one, takes the file under its own name. */
async function targetOf(
  reach: Reach,
  given: string,
  { from, sources }: { readonly from: Found; readonly sources: ReadonlySet<string> },
): Promise<Found> {
  const place = await reach.find(given);
  const isFolder = place.facts?.isDirectory() && !sources.has(place.path);
  if (isFolder || /[\\/]$/.test(given)) return reach.findToChange(path.join(place.path, path.basename(from.path)));
  return reach.findToChange(given);
}

function refuseTangled(moves: readonly PlannedMove[]): void {
  const sources = new Set(moves.map(({ from }) => placeKey(from.path)));
  const targets = new Set(moves.map(({ to }) => placeKey(to.path)));
  if (sources.size < moves.length) throw new ToolRefusal('Something is to be moved twice.');
  if (targets.size < moves.length) throw new ToolRefusal('Two things would have the same path.');
  const around = (place: string, places: ReadonlySet<string>): boolean => {
    for (let folder = path.dirname(place); path.dirname(folder) !== folder; folder = path.dirname(folder)) {
      if (places.has(placeKey(folder))) return true;
    }
    return false;
  };
  for (const { from, to } of moves) {
    const isTangled =
      around(from.path, sources) ||
      around(to.path, sources) ||
      around(to.path, targets) ||
      isInside(from.path, to.path);
    if (!isTangled || placeKey(from.path) === placeKey(to.path)) continue;
    throw new ToolRefusal(`“${from.shown}” depends on a folder that is moved in the same call. Use two calls.`);
  }
}

/** Which move takes away what stands at the target; `null`: nothing stands there. */
function occupantOf(moves: readonly PlannedMove[], { to }: PlannedMove): number | null {
  const { facts } = to;
  if (!facts) return null;
  const index = moves.findIndex(
    ({ from }) => placeKey(from.path) === placeKey(to.path) && from.facts && isSameFile(from.facts, facts),
  );
  if (index === -1) throw new ToolRefusal(`“${to.shown}” is there already, and nothing is overwritten.`);
  return index;
}

const waitingMark = '.nunba-waits-';

const waitingPlaceOf = (from: string): string =>
  path.join(path.dirname(from), `${waitingMark}${createHash('sha256').update(from).digest('hex').slice(0, 16)}`);

/** The moves that are left of a list of changes, as they are asked for: what was to wait meanwhile goes to its end at once. */
export function movesLeft(changes: readonly FileChange[]): readonly Move[] {
  const moves = changes.flatMap((change) => (change.kind === 'move' ? [{ from: change.from, to: change.to }] : []));
  const fromOf = new Map(moves.map((move) => [move.from, move]));
  const isWaiting = (place: string): boolean => path.basename(place).startsWith(waitingMark);
  const skipped = new Set<Move>();
  const whole = moves.map((move) => {
    const next = isWaiting(move.to) ? fromOf.get(move.to) : undefined;
    if (next) skipped.add(next);
    return next ? { from: move.from, to: next.to } : move;
  });
  return whole.filter((move) => !skipped.has(move));
}

async function requireFreeIfWaiting({ files }: FileMeans, to: string): Promise<void> {
  if (!path.basename(to).startsWith(waitingMark) || !(await factsOf(files, to))) return;
  throw new ToolRefusal(`“${path.basename(to)}” is in the way of a swap. Move that first.`);
}
