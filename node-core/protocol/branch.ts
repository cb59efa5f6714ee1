/** The branch of a conversation that is shown: identifiers from the first prompt to the leaf, and where each stands. */
export class Branch {
  #ids: readonly string[] = [];
  readonly #positions = new Map<string, number>();

  constructor(ids: readonly string[] = []) {
    this.follow(ids);
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Place of a message, counted from the oldest; `null` if this branch does not hold it. */
  indexOf(id: string): number | null {
    return this.#positions.get(id) ?? null;
  }

  /** Shows another branch; what both have in common is not looked up again. */
  follow(ids: readonly string[]): void {
    const common = commonLength(this.#ids, ids);
    for (const id of this.#ids.slice(common)) this.#positions.delete(id);
    for (let index = common; index < ids.length; index += 1) this.#positions.set(ids[index] ?? '', index);
    this.#ids = ids;
  }
}

/** How many identifiers two branches have in common from the beginning. */
export function commonLength(one: readonly string[], other: readonly string[]): number {
  const longest = Math.min(one.length, other.length);
  let length = 0;
  while (length < longest && one[length] === other[length]) length += 1;
  return length;
}
