import { describe, expect, it } from 'vitest';
import {
  judgeFit,
  type MachineRoom,
  type ModelNeeds,
  memoryNeed,
} from '../../../node-core/protocol/local/judge-fit.ts';

const gib = 1024 ** 3;
const mib = 1024 ** 2;
/** Needs 2 GiB + 1 GiB of context + 384 MiB. */
const model: ModelNeeds = {
  fileBytes: 2 * gib,
  cacheBytesPerToken: 128 * 1024,
  contextTokens: 32_768,
  missingBytes: 2 * gib,
};
const room: MachineRoom = {
  totalMemoryBytes: 16 * gib,
  freeMemoryBytes: 8 * gib,
  graphicsMemoryBytes: null,
  freeDiskBytes: 100 * gib,
};
const need = 3 * gib + 384 * mib;

describe('memoryNeed', () => {
  it('counts the context that is used, not the one that would be possible', () => {
    expect(memoryNeed(model)).toBe(need);
    expect(memoryNeed({ ...model, contextTokens: 2048 })).toBe(2 * gib + 256 * mib + 384 * mib);
  });
});

describe('judgeFit', () => {
  it.each<[string, Partial<MachineRoom>, Partial<ModelNeeds>, string, readonly string[]]>([
    ['there is room', {}, {}, 'fits', []],
    ['free memory is just enough', { freeMemoryBytes: need }, {}, 'fits', []],
    ['free memory lacks one byte', { freeMemoryBytes: need - 1 }, {}, 'tight', ['memory']],
    ['the card holds it', { freeMemoryBytes: gib, graphicsMemoryBytes: need }, {}, 'fits', []],
    ['the card is too small', { freeMemoryBytes: gib, graphicsMemoryBytes: need - 1 }, {}, 'tight', ['memory']],
    ['all memory is just enough', { totalMemoryBytes: need + gib, freeMemoryBytes: gib }, {}, 'tight', ['memory']],
    ['all memory lacks one byte', { totalMemoryBytes: need + gib - 1 }, {}, 'will-not-fit', ['memory']],
    ['the disk gets short', { freeDiskBytes: 4 * gib - 1 }, {}, 'tight', ['disk']],
    ['the disk has enough', { freeDiskBytes: 4 * gib }, {}, 'fits', []],
    ['the disk is just enough', { freeDiskBytes: 2 * gib + 256 * mib }, {}, 'tight', ['disk']],
    ['the disk lacks one byte', { freeDiskBytes: 2 * gib + 256 * mib - 1 }, {}, 'will-not-fit', ['disk']],
    ['it is here already', { freeDiskBytes: 0 }, { missingBytes: 0 }, 'fits', []],
    ['both are short', { freeMemoryBytes: 0, freeDiskBytes: 0 }, {}, 'will-not-fit', ['memory', 'disk']],
    ['there is nothing', { totalMemoryBytes: 0, freeMemoryBytes: 0 }, {}, 'will-not-fit', ['memory']],
  ])('says so when %s', (_when, machine, needs, verdict, reasons) => {
    const fit = judgeFit({ ...model, ...needs }, { ...room, ...machine });
    expect({ verdict: fit.verdict, reasons: fit.reasons.map(({ what }) => what) }).toEqual({ verdict, reasons });
  });
});
