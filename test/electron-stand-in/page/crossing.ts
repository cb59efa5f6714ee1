/**
 * Values as they cross between the page's own world and that of its preload script: copies, in which a function is a
 * number that the other side calls.
 */
export type Crossing =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'list'; readonly items: readonly Crossing[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, Crossing])[] };

/** One world's side of the crossing. */
export interface CrossingSide {
  wrap(value: unknown): Crossing;
  unwrap(crossing: Crossing): unknown;
}

type Call = { readonly id: number; readonly values: readonly Crossing[] };
type Outcome = { readonly isOk: true; readonly value: Crossing } | { readonly isOk: false; readonly message: string };

/**
 * Runs in both worlds, handed over as text. Events of the window reach both; what they carry is copied on the way.
 * @param key a name that the page cannot guess
 */
export function createCrossing(key: string, mine: 'main' | 'preload'): CrossingSide {
  const other = mine === 'main' ? 'preload' : 'main';
  const functions = new Map<number, (...values: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  let returned: Outcome | null = null;
  const tell = (to: string, name: string, detail: unknown): boolean =>
    dispatchEvent(new CustomEvent(`${key}-${to}-${name}`, { detail }));
  const hear = <Detail>(name: string, listener: (detail: Detail) => void): void =>
    addEventListener(`${key}-${mine}-${name}`, (event) => listener((event as CustomEvent<Detail>).detail));

  const outcomeOf = (run: () => unknown): Outcome => {
    try {
      return { isOk: true, value: wrap(run()) };
    } catch (error) {
      return { isOk: false, message: error instanceof Error ? error.message : String(error) };
    }
  };
  const wrapPromise = (promise: PromiseLike<unknown>, id: number): Crossing => {
    const settle = (outcome: Outcome): boolean => tell(other, 'settled', { id, outcome });
    promise.then(
      (value) => settle(outcomeOf(() => value)),
      (error) => settle({ isOk: false, message: error instanceof Error ? error.message : String(error) }),
    );
    return { kind: 'promise', id };
  };
  const wrap = (value: unknown): Crossing => {
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as () => unknown);
      return { kind: 'function', id: lastId };
    }
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if ('then' in value && typeof value.then === 'function') {
      lastId += 1;
      return wrapPromise(value as PromiseLike<unknown>, lastId);
    }
    if (Array.isArray(value)) return { kind: 'list', items: value.map(wrap) };
    const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (!isPlain) return { kind: 'value', value };
    return { kind: 'record', entries: Object.entries(value).map(([name, one]) => [name, wrap(one)] as const) };
  };
  const call = (id: number, values: readonly unknown[]): unknown => {
    returned = null;
    tell(other, 'call', { id, values: values.map(wrap) } satisfies Call);
    const outcome = returned as Outcome | null;
    if (!outcome) throw new Error('An object could not be cloned.');
    if (!outcome.isOk) throw new Error(outcome.message);
    return unwrap(outcome.value);
  };
  const unwrap = (crossing: Crossing): unknown => {
    switch (crossing.kind) {
      case 'function':
        return (...values: unknown[]) => call(crossing.id, values);
      case 'promise':
        return new Promise((resolve, reject) => promises.set(crossing.id, { resolve, reject }));
      case 'list':
        return crossing.items.map(unwrap);
      case 'record':
        return Object.fromEntries(crossing.entries.map(([name, one]) => [name, unwrap(one)]));
      default:
        return crossing.value;
    }
  };

  hear<Call | null>('call', (asked) => {
    // What could not be copied arrives as nothing; the caller then finds no answer.
    if (!asked) return;
    const run = functions.get(asked.id);
    tell(
      other,
      'returned',
      outcomeOf(() => run?.(...asked.values.map(unwrap))),
    );
  });
  hear<Outcome | null>('returned', (outcome) => {
    returned = outcome;
  });
  hear<{ readonly id: number; readonly outcome: Outcome }>('settled', ({ id, outcome }) => {
    const promise = promises.get(id);
    promises.delete(id);
    if (outcome.isOk) promise?.resolve(unwrap(outcome.value));
    else promise?.reject(new Error(outcome.message));
  });
  return { wrap, unwrap };
}
