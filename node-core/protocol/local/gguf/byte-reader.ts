/** More bytes are needed than were given. */
export class MoreBytes extends Error {}
/** What stands there cannot be. */
export class Malformed extends Error {}

/** Reads little-endian values one after the other. Nothing is allocated by a length that the bytes tell. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get at(): number {
    return this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  f32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** An unsigned 64-bit number, as far as it can be counted with. @throws Malformed beyond 2^53 */
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed('a number too large');
    return Number(value);
  }

  /** A string with its length before it. @throws Malformed if it is longer than `limitBytes` */
  text(limitBytes: number): string {
    const length = this.u64();
    if (length > limitBytes) throw new Malformed('a text too long');
    const from = this.#take(length);
    return new TextDecoder().decode(this.#bytes.subarray(from, from + length));
  }

  skip(length: number): void {
    this.#take(length);
  }

  #take(length: number): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw new MoreBytes('the header is longer');
    this.#at += length;
    return from;
  }
}
