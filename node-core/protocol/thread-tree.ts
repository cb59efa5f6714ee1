/** What the tree of a conversation knows of one message. */
export interface ThreadNode {
  readonly id: string;
  /** `null` for the first prompt and its other versions. */
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
}

/** Place among the versions of one message, counted from 0. */
export interface Siblings {
  readonly index: number;
  readonly count: number;
  readonly previousId: string | null;
  readonly nextId: string | null;
}

interface Entry {
  readonly node: ThreadNode;
  /** Order of arrival. */
  readonly order: number;
  readonly children: string[];
}

/**
 * The messages of one conversation as a tree: every message follows its parent, and messages with the same parent
 * are versions of each other (edits of a prompt, retries of an answer), oldest first.
 */
export class ThreadTree {
  readonly #entries = new Map<string, Entry>();
  readonly #roots: string[] = [];

  /** @param nodes in order of arrival; one whose parent is not there is left out, with all that follows it */
  constructor(nodes: Iterable<ThreadNode> = []) {
    for (const node of nodes) this.add(node);
  }

  /** Adds a message as the newest; `false` when its parent is not there or it is there already. */
  add(node: ThreadNode): boolean {
    const siblings = this.#childrenOf(node.parentId);
    if (!siblings || this.#entries.has(node.id)) return false;
    siblings.push(node.id);
    this.#entries.set(node.id, { node, order: this.#entries.size, children: [] });
    return true;
  }

  get(id: string): ThreadNode | null {
    return this.#entries.get(id)?.node ?? null;
  }

  /** Versions that follow `parentId`, oldest first. */
  childrenOf(parentId: string | null): readonly string[] {
    return this.#childrenOf(parentId) ?? [];
  }

  /** Place of a message among its versions; alone if the tree does not know it. */
  siblingsOf(id: string): Siblings {
    const versions = this.childrenOf(this.#entries.get(id)?.node.parentId ?? null);
    const index = versions.indexOf(id);
    if (index < 0) return { index: 0, count: 1, previousId: null, nextId: null };
    return {
      index,
      count: versions.length,
      previousId: versions[index - 1] ?? null,
      nextId: versions[index + 1] ?? null,
    };
  }

  /** Identifiers from the first prompt to `leafId`, both included; empty for `null` and for an unknown leaf. */
  pathTo(leafId: string | null): string[] {
    const path: string[] = [];
    for (let id = leafId; id !== null; ) {
      const entry = this.#entries.get(id);
      if (!entry) return [];
      path.push(id);
      id = entry.node.parentId;
    }
    return path.reverse();
  }

  /** A message and everything that follows it. */
  subtreeOf(id: string): readonly string[] {
    const found: string[] = this.#entries.has(id) ? [id] : [];
    for (const each of found) found.push(...this.childrenOf(each));
    return found;
  }

  /** The message that arrived last among `id` and what follows it; nothing can follow that one. */
  newestUnder(id: string): string {
    const orderOf = (each: string): number => this.#entries.get(each)?.order ?? -1;
    return this.subtreeOf(id).reduce((newest, each) => (orderOf(each) > orderOf(newest) ? each : newest), id);
  }

  /**
   * The leaf to show once `removedId` and what follows it are out of view: the same if it is not among them, else
   * the newest end of the version before it (or after it), else its parent.
   */
  leafWithout(leafId: string | null, removedId: string): string | null {
    const removed = this.#entries.get(removedId);
    if (!removed || !this.pathTo(leafId).includes(removedId)) return leafId;
    const { previousId, nextId } = this.siblingsOf(removedId);
    const neighbour = previousId ?? nextId;
    return neighbour === null ? removed.node.parentId : this.newestUnder(neighbour);
  }

  #childrenOf(parentId: string | null): string[] | undefined {
    return parentId === null ? this.#roots : this.#entries.get(parentId)?.children;
  }
}
