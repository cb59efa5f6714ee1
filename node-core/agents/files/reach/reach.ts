import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { ToolRefusal } from '../../tools/tool.ts';
import { factsOf, isSamePath } from '../disk/file-state.ts';
import { codeOf, type Files, isMissing } from '../disk/files.ts';
import { isInside, placeWithin, type Root } from './place-within.ts';
import { isSecretPlace, plainName } from './secret-places.ts';

/** A place within reach, as it really is. */
export interface Found {
  readonly root: Root;
  /** Absolute, links followed. */
  readonly path: string;
  /** As the model is told it: relative, with the folder's name where there are several. */
  readonly shown: string;
  /** What stands there; `null`: nothing. */
  readonly facts: BigIntStats | null;
}

export interface ReachOptions {
  /** The folders picked for this agent or conversation. */
  readonly roots: readonly Root[];
  /** Nunba's own data folder, which stays out of reach whatever was picked. */
  readonly dataFolder: string;
  readonly files: Files;
}

/** What of the disk an agent may see and change in one conversation. Throws a ToolRefusal for everything else. */
export class Reach {
  readonly roots: readonly Root[];
  readonly #dataFolder: string;
  readonly #files: Files;

  constructor({ roots, dataFolder, files }: ReachOptions) {
    // The outermost first: a deed is about the widest folder that it is in.
    this.roots = [...roots].sort((one, other) => one.path.length - other.path.length);
    this.#dataFolder = dataFolder;
    this.#files = files;
  }

  /** Where a model's path really leads; links are followed, and refused where they lead out. */
  async find(given: string): Promise<Found> {
    const placed = placeWithin(this.roots, given, process.platform);
    if (placed.kind === 'refused') throw new ToolRefusal(`The path “${given.slice(0, 300)}” ${placed.reason}.`);
    await this.#requireRoot(placed.root);
    const real = await this.#realPath(placed.path, given);
    const root = this.#rootOf(real, given);
    return { root, path: real, shown: this.shown(root, real), facts: await factsOf(this.#files, real) };
  }

  /** The same for what is to be changed, moved or removed: its last part may not be a link. */
  async findToChange(given: string): Promise<Found> {
    const placed = placeWithin(this.roots, given, process.platform);
    if (placed.kind === 'within' && (await factsOf(this.#files, placed.path))?.isSymbolicLink()) {
      throw new ToolRefusal(`“${given}” is a link. Links are left as they are; name what it leads to.`);
    }
    const found = await this.find(given);
    if (isSamePath(found.path, found.root.path)) {
      throw new ToolRefusal(`“${found.root.name}” is the picked folder itself, which stays as it is.`);
    }
    return found;
  }

  /** Asked again at the moment of an act: refuses if the place is not the one that was found. */
  async requireSame(found: Pick<Found, 'path' | 'shown'>): Promise<void> {
    const now = await this.find(found.path);
    if (!isSamePath(now.path, found.path)) throw new ToolRefusal(`“${found.shown}” leads elsewhere by now.`);
  }

  /** Whether what is below a root may be seen: neither keys and passwords, nor Nunba's own data. */
  isOpen(root: Root, real: string): boolean {
    if (this.#isOwn(real)) return false;
    return !isSecretPlace(partsOf(path.relative(root.path, real))) || isSecretPlace(partsOf(root.path));
  }

  /** A real path as the model is told it. */
  shown(root: Root, real: string): string {
    const relative = path.relative(root.path, real);
    return this.roots.length === 1 ? relative || '.' : path.join(root.name, relative);
  }

  /** A picked folder that was moved away or replaced by a link is no longer what the person picked. */
  async #requireRoot(root: Root): Promise<void> {
    const real = await this.#files.realpath(root.path).catch((error: unknown) => {
      if (codeOf(error) === '') throw error;
      return null;
    });
    if (real === null || !isSamePath(real, root.path)) {
      throw new ToolRefusal(`The picked folder “${root.name}” cannot be reached at present.`);
    }
  }

  /** The deepest part that is there, with its links followed, and the rest behind it. */
  async #realPath(target: string, given: string): Promise<string> {
    const rest: string[] = [];
    for (let part = target; ; part = path.dirname(part)) {
      try {
        return path.join(await this.#files.realpath(part), ...rest);
      } catch (error) {
        const isDangling = isMissing(error) && (await factsOf(this.#files, part)) !== null;
        if (isDangling || codeOf(error) === 'ELOOP') {
          throw new ToolRefusal(`“${given}” leads through a link that leads nowhere.`);
        }
        if (!isMissing(error) || path.dirname(part) === part) throw asRefusal(error, given);
        rest.unshift(path.basename(part));
      }
    }
  }

  #rootOf(real: string, given: string): Root {
    const around = this.roots.filter((root) => isInside(root.path, real) && isExact(root.path, real));
    if (around.length === 0) throw new ToolRefusal(`“${given}” leads out of the folders that the person picked.`);
    const open = around.find((root) => this.isOpen(root, real));
    if (open) return open;
    throw new ToolRefusal(
      `“${given}” is out of reach: it holds keys or passwords, a browser’s profile, or Nunba’s own data.`,
    );
  }

  #isOwn(real: string): boolean {
    const plain = (folder: string): string => folder.split(path.sep).map(plainName).join(path.sep);
    return isInside(plain(this.#dataFolder), plain(real));
  }
}

/** Only Windows takes two cases of a letter for one on every disk; elsewhere a real path is compared letter by letter. */
const isExact = (folder: string, target: string): boolean =>
  process.platform === 'win32' || target === folder || target.startsWith(folder + path.sep);

const partsOf = (place: string): readonly string[] => place.split(path.sep).filter((part) => part !== '');

/** What the file system says against a path, for the model. */
function asRefusal(error: unknown, given: string): unknown {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return new ToolRefusal(`“${given}” may not be looked at (${code}).`);
  if (code === 'ENAMETOOLONG') return new ToolRefusal(`“${given}” has too long a name.`);
  return error;
}
