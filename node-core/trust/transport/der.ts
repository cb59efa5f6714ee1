/** The few forms of DER (X.690) that a certificate is made of. */

/** One element: tag, length, content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
}

function lengthOf(size: number): readonly number[] {
  if (size < 0x80) return [size];
  const digits: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 + digits.length, ...digits];
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
/** @param magnitude unsigned, most significant byte first */
export const integer = (magnitude: Uint8Array): Buffer =>
  der(0x02, (magnitude[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), magnitude);
export const octets = (content: Uint8Array): Buffer => der(0x04, content);
/** @param unusedBits of the last byte */
export const bits = (content: Uint8Array, unusedBits = 0): Buffer => der(0x03, Buffer.from([unusedBits]), content);
export const yes: Buffer = der(0x01, Buffer.from([0xff]));

/** @param dotted `2.5.29.17` */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) + 128);
  return digits;
}

/** A time in whole seconds; years from 2050 on have another form (RFC 5280, section 4.1.2.5). @param ms since the epoch */
export function time(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return Number(digits.slice(0, 4)) < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}
