import type { BigIntStats } from 'node:fs';
import nodeFiles from 'node:fs/promises';
import nodePath from 'node:path';
import type { Effect, EffectKeeper, FileMark, Settled, Undone } from '../../../protocol/hands/effect.ts';
import { factsOf, fileStateOf, isInRealFolder, isSameFile, isUnchanged, markOf } from '../disk/file-state.ts';
import { codeOf, type Files } from '../disk/files.ts';
import { PathLocks } from '../disk/path-locks.ts';
import { moveNew, PlaceTaken, placeNew, placeOver, temporaryFor, writeTemporary } from '../disk/place-file.ts';
import { parseKeptName } from './kept-name.ts';
import type { UndoStore } from './undo-store.ts';

type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

/** Settles and takes back what agents did to files, by what stands on the disk. */
export class FileEffects implements EffectKeeper {
  readonly #store: Pick<UndoStore, 'open'>;
  readonly #files: Files;
  readonly #locks: PathLocks;

  constructor(store: Pick<UndoStore, 'open'>, files: Files = nodeFiles, locks: PathLocks = new PathLocks()) {
    this.#store = store;
    this.#files = files;
    this.#locks = locks;
  }

  settle(effect: Effect): Promise<Settled> {
    switch (effect.kind) {
      case 'write-file':
        return this.#settleWrite(effect);
      case 'move':
        return this.#settleMove(effect);
      case 'make-folder':
        return this.#settleFolder(effect.path);
      case 'remove-file':
        return this.#settleRemoval(effect);
      case 'outside':
        return Promise.resolve('unknown');
    }
  }

  async undo(effect: Effect): Promise<Undone> {
    try {
      return await this.#locks.run(effect, () => this.#undo(effect));
    } catch (error) {
      const code = codeOf(error);
      if (code === '') throw error;
      return { kind: 'impossible', reason: `The disk refused it (${code}).` };
    }
  }

  #undo(effect: Effect): Promise<Undone> {
    switch (effect.kind) {
      case 'write-file':
        return this.#undoWrite(effect);
      case 'move':
        return this.#undoMove(effect);
      case 'make-folder':
        return this.#undoFolder(effect.path);
      case 'remove-file':
        return this.#undoRemoval(effect);
      case 'outside':
        return Promise.resolve({ kind: 'impossible', reason: 'It happened outside of what Nunba can change back.' });
    }
  }

  async #settleWrite({ path, before, afterSha256 }: EffectOf<'write-file'>): Promise<Settled> {
    if (await isInRealFolder(this.#files, path)) {
      await this.#files.rm(temporaryFor(path, afterSha256), { force: true });
    }
    const state = await fileStateOf(this.#files, path);
    if (state.kind === 'file' && state.sha256 === afterSha256) return 'done';
    const isBefore = before ? state.kind === 'file' && state.sha256 === before.sha256 : state.kind === 'missing';
    return isBefore ? 'not-done' : 'unknown';
  }

  async #settleMove({ from, to }: EffectOf<'move'>): Promise<Settled> {
    const [source, target] = [await factsOf(this.#files, from), await factsOf(this.#files, to)];
    if (!source) return target ? 'done' : 'unknown';
    if (!target) return 'not-done';
    if (!isSameFile(source, target)) return 'unknown';
    if (from.toLowerCase() === to.toLowerCase()) return (await this.#isListed(to)) ? 'done' : 'not-done';
    // It ended between the second name and the loss of the first.
    await this.#files.unlink(from);
    return 'done';
  }

  async #isListed(file: string): Promise<boolean> {
    return (await this.#files.readdir(nodePath.dirname(file))).includes(nodePath.basename(file));
  }

  async #settleFolder(folder: string): Promise<Settled> {
    const facts = await factsOf(this.#files, folder);
    if (!facts) return 'not-done';
    return facts.isDirectory() ? 'done' : 'unknown';
  }

  async #settleRemoval({ path, sha256 }: EffectOf<'remove-file'>): Promise<Settled> {
    const state = await fileStateOf(this.#files, path);
    if (state.kind === 'missing') return 'done';
    return state.kind === 'file' && state.sha256 === sha256 ? 'not-done' : 'unknown';
  }

  async #undoWrite({ path, before, afterSha256 }: EffectOf<'write-file'>): Promise<Undone> {
    if (!(await isInRealFolder(this.#files, path))) return { kind: 'changed', path };
    const state = await fileStateOf(this.#files, path);
    if (before ? state.kind === 'file' && state.sha256 === before.sha256 : state.kind === 'missing') {
      return { kind: 'undone' };
    }
    if (state.kind !== 'file' || state.sha256 !== afterSha256) return { kind: 'changed', path };
    if (before) return this.#bringBack(path, before.keptAs, (...placing) => this.#placeOver(state.facts, placing));
    const now = await factsOf(this.#files, path);
    if (!now || !isUnchanged(now, state.facts)) return { kind: 'changed', path };
    await this.#files.unlink(path);
    return { kind: 'undone' };
  }

  /** Copying took its time: what somebody saved meanwhile is not overwritten. */
  async #placeOver(seen: BigIntStats, placing: Parameters<typeof placeOver>): Promise<void> {
    const [files, temporary, file] = placing;
    const now = await factsOf(files, file);
    if (now && isUnchanged(now, seen) && (await isInRealFolder(files, file))) return placeOver(...placing);
    await files.rm(temporary, { force: true });
    throw new PlaceTaken(file);
  }

  /** The newest content comes back with its file; another file in its place, or in its old one, is left alone. */
  async #undoMove({ from, to, what }: EffectOf<'move'>): Promise<Undone> {
    const [source, target] = [await factsOf(this.#files, from), await factsOf(this.#files, to)];
    const areSame = source !== null && target !== null && isSameFile(source, target);
    if (!target) return source && isKnown(what, source) ? { kind: 'undone' } : { kind: 'missing', path: to };
    if (!isKnown(what, target)) return { kind: 'replaced', path: to };
    if (source && !areSame) return { kind: 'taken', path: from };
    if (!(await isInRealFolder(this.#files, to))) return { kind: 'changed', path: to };
    if (!(await isInRealFolder(this.#files, from))) return { kind: 'no-folder', path: from };
    const undone = await unlessTaken(() => moveNew(this.#files, to, from));
    if (undone.kind === 'changed') return { kind: 'taken', path: from };
    const isNewer = what && what.content !== markOf(target).content;
    return undone.kind === 'undone' && isNewer ? { kind: 'undone-newer', path: from } : undone;
  }

  async #undoFolder(folder: string): Promise<Undone> {
    const facts = await factsOf(this.#files, folder);
    if (!facts) return { kind: 'undone' };
    if (!facts.isDirectory()) return { kind: 'changed', path: folder };
    try {
      await this.#files.rmdir(folder);
      return { kind: 'undone' };
    } catch (error) {
      if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return { kind: 'changed', path: folder };
      throw error;
    }
  }

  async #undoRemoval({ path, sha256, keptAs }: EffectOf<'remove-file'>): Promise<Undone> {
    if (!(await isInRealFolder(this.#files, path))) return { kind: 'changed', path };
    const state = await fileStateOf(this.#files, path);
    if (state.kind === 'file' && state.sha256 === sha256) return { kind: 'undone' };
    if (state.kind !== 'missing') return { kind: 'changed', path };
    return this.#bringBack(path, keptAs, placeNew);
  }

  async #bringBack(file: string, keptAs: string, place: typeof placeNew): Promise<Undone> {
    const kept = parseKeptName(keptAs);
    const content = kept && (await this.#store.open(kept.sha256));
    if (!kept || !content) return { kind: 'impossible', reason: 'The copy from before is not kept any more.' };
    const temporary = temporaryFor(file, kept.sha256);
    await writeTemporary(this.#files, temporary, content, kept.traits);
    return unlessTaken(() => place(this.#files, temporary, file));
  }
}

/**
 * A copy with the same size and time counts as the same: a synchronised folder may have put it there. Of which disk it is
 * does not count: that has another number after a restart on some systems, and the place is the same.
 */
const isKnown = (what: FileMark | undefined, facts: BigIntStats): boolean => {
  if (!what) return true;
  const { id, content } = markOf(facts);
  const withoutDisk = (whole: string): string => whole.slice(whole.indexOf(':'));
  return withoutDisk(id) === withoutDisk(what.id) || (content !== null && content === what.content);
};

async function unlessTaken(act: () => Promise<void>): Promise<Undone> {
  try {
    await act();
    return { kind: 'undone' };
  } catch (error) {
    if (error instanceof PlaceTaken) return { kind: 'changed', path: error.place };
    throw error;
  }
}
