import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { MachineRoom } from '../../protocol/local/judge-fit.ts';
import type { Processors } from '../../protocol/local/recommend-model.ts';

/** What is free and what there is, of memory, processors and graphics card. */
export type MemoryRoom = Omit<MachineRoom, 'freeDiskBytes'> & Processors;

/**
 * Reads the memory of this computer, or of the container that the program runs in (cgroup). Graphics memory is that of the
 * largest card whose driver tells it: NVIDIA's on Linux and Windows, and those that tell it in /sys.
 * @param readNvidia memory of the largest NVIDIA card, bytes; asked once, at the first reading, because it wakes the card
 */
export function createMemoryReader(readNvidia: () => Promise<number | null>): () => Promise<MemoryRoom> {
  let nvidia: Promise<number | null> | null = null;
  return async () => {
    nvidia ??= readNvidia();
    const cards = [await nvidia, process.platform === 'linux' ? await readGraphicsMemory('/sys/class/drm') : null];
    const installed = os.totalmem();
    const limit = process.constrainedMemory();
    return {
      totalMemoryBytes: limit > 0 && limit < installed ? limit : installed,
      freeMemoryBytes: process.availableMemory(),
      threads: os.availableParallelism(),
      hasUnifiedGraphics: process.platform === 'darwin' && process.arch === 'arm64',
      graphicsMemoryBytes: Math.max(...cards.map((bytes) => bytes ?? 0)) || null,
    };
  };
}

/** The largest card's own memory (`mem_info_vram_total` of its device), bytes; `null`: none tells it. */
export async function readGraphicsMemory(folder: string): Promise<number | null> {
  const names = await fs.readdir(folder).catch(() => []);
  const cards = names.filter((name) => /^card\d+$/.test(name)).slice(0, 16);
  const sizes = await Promise.all(
    cards.map(async (card) =>
      Number(await fs.readFile(path.join(folder, card, 'device', 'mem_info_vram_total'), 'utf8').catch(() => 0)),
    ),
  );
  const largest = Math.max(0, ...sizes.filter((size) => Number.isFinite(size)));
  return largest > 0 ? largest : null;
}

/** Free bytes where a folder is or will be made; `null`: nobody knows. */
export async function readFreeDisk(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await fs.statfs(folder);
    return bavail * bsize;
  } catch {
    const above = path.dirname(folder);
    return above === folder ? null : readFreeDisk(above);
  }
}
