/** Structured clone as text: what JSON has no words for stands in a table, so that cycles and repeats survive. */
export interface Codec {
  /** Throws a `DataCloneError` where the value holds what cannot be cloned. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** A value by itself, one that JSON has no word for, or a place in the table. */
type Slot = { readonly v: unknown } | { readonly u: string } | { readonly r: number };
type Put = (value: unknown) => Slot;
type Get = (slot: Slot) => unknown;

/** How one kind of object becomes parts and is made of them again: first empty, so that it may hold itself. */
interface Kind {
  is(value: object): boolean;
  parts(value: never, put: Put): unknown;
  make(parts: never): object;
  fill?(object: never, parts: never, get: Get): void;
}

/** The kinds of objects, the most common last. Runs in Node and, handed over as text, in the page. */
export function createKinds(): ReadonlyMap<string, Kind> {
  const errors: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError, SyntaxError, ReferenceError };
  const views = globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => object>;
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  };
  const fromBase64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer;
  const nameOf = (view: object): string => Object.prototype.toString.call(view).slice(8, -1);
  const set = (object: object, name: string, value: unknown): object =>
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });

  return new Map<string, Kind>([
    // As text: JSON knows no NaN, which is the time of a date that is none.
    [
      'date',
      {
        is: (v) => v instanceof Date,
        parts: (v: Date) => `${v.getTime()}`,
        make: (time: string) => new Date(Number(time)),
      },
    ],
    [
      'pattern',
      {
        is: (v) => v instanceof RegExp,
        parts: (v: RegExp) => [v.source, v.flags],
        make: ([source, flags]: [string, string]) => new RegExp(source, flags),
      },
    ],
    [
      'map',
      {
        is: (v) => v instanceof Map,
        parts: (v: Map<unknown, unknown>, put) => [...v].map(([key, one]) => [put(key), put(one)]),
        make: () => new Map(),
        fill: (map: Map<unknown, unknown>, parts: readonly [Slot, Slot][], get) => {
          for (const [key, one] of parts) map.set(get(key), get(one));
        },
      },
    ],
    [
      'set',
      {
        is: (v) => v instanceof Set,
        parts: (v: Set<unknown>, put) => [...v].map(put),
        make: () => new Set(),
        fill: (all: Set<unknown>, parts: readonly Slot[], get) => {
          for (const slot of parts) all.add(get(slot));
        },
      },
    ],
    [
      'error',
      {
        is: (v) => v instanceof Error,
        parts: (v: Error) => [v.name, v.message, v.stack],
        make: ([name, message, stack]: [string, string, string]) =>
          set(new (errors[name] ?? Error)(message), 'stack', stack),
      },
    ],
    [
      'buffer',
      {
        is: (v) => v instanceof ArrayBuffer,
        parts: (v: ArrayBuffer) => toBase64(new Uint8Array(v)),
        make: (text: string) => fromBase64(text),
      },
    ],
    [
      'view',
      {
        is: (v) => ArrayBuffer.isView(v),
        parts: (v: ArrayBufferView) => [nameOf(v), toBase64(new Uint8Array(v.buffer, v.byteOffset, v.byteLength))],
        make: ([name, text]: [string, string]) => new (views[name] ?? Uint8Array)(fromBase64(text)),
      },
    ],
    [
      'list',
      {
        is: (v) => Array.isArray(v),
        parts: (v: unknown[], put) => v.map(put),
        make: () => [],
        fill: (list: unknown[], parts: readonly Slot[], get) => {
          for (const slot of parts) list.push(get(slot));
        },
      },
    ],
    [
      'record',
      {
        is: (v) => !(v instanceof Promise || v instanceof WeakMap || v instanceof WeakSet),
        parts: (v: object, put) => Object.entries(v).map(([name, one]) => [name, put(one)]),
        make: () => ({}),
        fill: (object: object, parts: readonly [string, Slot][], get) => {
          for (const [name, slot] of parts) set(object, name, get(slot));
        },
      },
    ],
  ]);
}

/** Runs in Node and, handed over as text, in the page. */
export function createCodec(kinds: ReadonlyMap<string, Kind>): Codec {
  const refuse = (value: unknown): never => {
    throw new DOMException(`${typeof value} could not be cloned.`, 'DataCloneError');
  };
  const isOdd = (value: unknown): boolean =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
  const simple = (value: unknown): Slot | null => {
    if (value === undefined) return { u: 'undefined' };
    if (typeof value === 'bigint') return { u: `${value}n` };
    if (typeof value === 'function' || typeof value === 'symbol') return refuse(value);
    if (isOdd(value)) return { u: Object.is(value, -0) ? '-0' : String(value) };
    return typeof value === 'object' && value !== null ? null : { v: value };
  };
  const special = (text: string): unknown => {
    if (text === 'undefined') return undefined;
    return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
  };

  const encode = (root: unknown): string => {
    const seen = new Map<object, number>();
    const table: unknown[] = [];
    const put: Put = (value) => {
      const plain = simple(value);
      if (plain) return plain;
      const object = value as object;
      const known = seen.get(object);
      if (known !== undefined) return { r: known };
      const index = table.push(null) - 1;
      seen.set(object, index);
      const [name, kind] = [...kinds].find(([, one]) => one.is(object)) ?? refuse(object);
      table[index] = [name, kind.parts(object as never, put)];
      return { r: index };
    };
    const first = put(root);
    return JSON.stringify([first, table]);
  };

  const decode = (text: string): unknown => {
    const [root, table]: [Slot, [string, unknown][]] = JSON.parse(text);
    const made = new Map<number, unknown>();
    const get: Get = (slot) => {
      if ('v' in slot) return slot.v;
      if ('u' in slot) return special(slot.u);
      const [name, parts] = table[slot.r] ?? ['', null];
      const kind = kinds.get(name);
      if (!kind || made.has(slot.r)) return made.get(slot.r);
      const object = kind.make(parts as never);
      made.set(slot.r, object);
      kind.fill?.(object as never, parts as never, get);
      return object;
    };
    return get(root);
  };
  return { encode, decode };
}
