/** The context for which the need is told, tokens: enough for a long conversation; a model with less takes its own. */
export const judgedContextTokens = 8192;

/** What a model takes. */
export interface ModelNeeds {
  readonly fileBytes: number;
  /** What each token of the context takes: 2 (keys and values) x 2 bytes x blocks x heads of keys x size of a head. */
  readonly cacheBytesPerToken: number;
  readonly contextTokens: number;
  /** Still to be downloaded, bytes. */
  readonly missingBytes: number;
}

/** What this computer has. */
export interface MachineRoom {
  /** Installed memory, or the limit that is set for this process if that is less, bytes. */
  readonly totalMemoryBytes: number;
  /** What a program can take without others being pushed out, bytes. */
  readonly freeMemoryBytes: number;
  /** Memory of the graphics card alone; `null`: there is none, or it is not known. */
  readonly graphicsMemoryBytes: number | null;
  /** Of the folder for models. */
  readonly freeDiskBytes: number;
}

/** Why it does not simply fit; sizes in bytes. */
export interface FitReason {
  readonly what: 'memory' | 'disk';
  readonly neededBytes: number;
  readonly availableBytes: number;
}

/** `fits`; `tight`: it runs, but slowly or at the cost of others; `will-not-fit`: it is better not tried. */
export interface Fit {
  readonly verdict: 'fits' | 'tight' | 'will-not-fit';
  readonly reasons: readonly FitReason[];
}

const mebibyte = 1024 * 1024;
/** Buffers of the engine for one step of the computation, and the program itself. */
const workingBytes = 384 * mebibyte;
/** What the system and Nunba need in any case. */
const systemBytes = 1024 * mebibyte;
/** Stays free on the disk beside a download. */
const spareDiskBytes = 256 * mebibyte;
const easyDiskBytes = 2048 * mebibyte;

/** Memory that a model takes: its file, which is held in memory whole, the cache of its context, and 384 MiB to work in. */
export const memoryNeed = ({ fileBytes, cacheBytesPerToken, contextTokens }: ModelNeeds): number =>
  fileBytes + cacheBytesPerToken * Math.min(contextTokens, judgedContextTokens) + workingBytes;

/**
 * Whether a model fits.
 * - Memory: will not fit if the need and 1 GiB for the system are more than there is in all; tight if the need is more than
 *   is free now, unless the graphics card alone holds it.
 * - Disk: will not fit if less than 256 MiB stay free beside the download; tight if less than 2 GiB do.
 */
export function judgeFit(needs: ModelNeeds, room: MachineRoom): Fit {
  const judged = [judgeMemory(memoryNeed(needs), room), judgeDisk(needs.missingBytes, room)];
  const order = ['will-not-fit', 'tight', 'fits'] as const;
  const verdict = order.find((each) => judged.some((part) => part.verdict === each)) ?? 'fits';
  return { verdict, reasons: judged.flatMap((part) => part.reasons) };
}

function judgeMemory(neededBytes: number, room: MachineRoom): Fit {
  if (neededBytes + systemBytes > room.totalMemoryBytes) {
    const availableBytes = Math.max(0, room.totalMemoryBytes - systemBytes);
    return { verdict: 'will-not-fit', reasons: [{ what: 'memory', neededBytes, availableBytes }] };
  }
  const isOnCard = room.graphicsMemoryBytes !== null && room.graphicsMemoryBytes >= neededBytes;
  if (neededBytes <= room.freeMemoryBytes || isOnCard) return { verdict: 'fits', reasons: [] };
  return { verdict: 'tight', reasons: [{ what: 'memory', neededBytes, availableBytes: room.freeMemoryBytes }] };
}

function judgeDisk(missingBytes: number, { freeDiskBytes }: MachineRoom): Fit {
  const left = freeDiskBytes - missingBytes;
  if (missingBytes === 0 || left >= easyDiskBytes) return { verdict: 'fits', reasons: [] };
  const reason = { what: 'disk', neededBytes: missingBytes + spareDiskBytes, availableBytes: freeDiskBytes } as const;
  return { verdict: left < spareDiskBytes ? 'will-not-fit' : 'tight', reasons: [reason] };
}
