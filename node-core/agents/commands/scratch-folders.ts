import fs from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** How long the folder of a conversation is kept after anything was last said or done there, ms. */
export const keptMs = 30 * dayMs;

/** How long one is kept that is of no conversation (any more): a program that asks over HTTP may be at work in it, ms. */
const keptWithoutMs = dayMs;

/** First look after the start, ms: a start has other things to do. */
const firstAfterMs = 5 * 60_000;

/** Most entries of one folder whose times are looked at. */
const mostLooked = 1000;

export interface ScratchMeans {
  readonly storage: Pick<Storage, 'db'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Holds one folder for each conversation in which commands ran. */
  readonly folder: string;
}

/** Clears the folders in which commands ran, once a day. @returns what ends that */
export function keepScratchSmall(means: ScratchMeans): () => void {
  const { clock, log } = means;
  const sweep = (): void => {
    sweepScratch(means).catch((error: unknown) => log.warn({ error }, 'Old folders of commands could not be removed.'));
  };
  const timers = [clock.after(firstAfterMs, sweep), clock.every(dayMs, sweep)];
  return () => {
    for (const timer of timers) timer.cancel();
  };
}

/**
 * Removes what is of a conversation that is gone for good, and of one in which nothing was said for 30 days while nothing
 * changed here either: a look at the disk alone would miss what commands change further below. Follows no link.
 */
export async function sweepScratch(means: ScratchMeans): Promise<void> {
  for (const name of await namesIn(means.folder)) {
    try {
      await sweepOne(means, name);
    } catch (error) {
      // What a command has locked, say; it must not keep the others here.
      means.log.warn({ error }, 'An old folder of commands could not be removed.');
    }
  }
}

async function sweepOne({ storage, clock, folder }: ScratchMeans, name: string): Promise<void> {
  const place = path.join(folder, name);
  const conversation = await storage.db
    .selectFrom('conversations')
    .select('updated_at')
    .where('id', '=', name)
    .executeTakeFirst();
  const age = clock.now() - Math.max(await changedAt(place), conversation?.updated_at ?? 0);
  if (age > (conversation ? keptMs : keptWithoutMs)) await fs.rm(place, { recursive: true, force: true });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** When a folder or what stands in it was last changed, ms since the epoch. */
async function changedAt(place: string): Promise<number> {
  const own = await fs.lstat(place);
  if (!own.isDirectory()) return own.mtimeMs;
  const names = (await fs.readdir(place)).slice(0, mostLooked);
  const times = await Promise.all(
    names.map(async (name) => (await fs.lstat(path.join(place, name)).catch(() => own)).mtimeMs),
  );
  return Math.max(own.mtimeMs, ...times);
}
