import { decodeQR } from 'qr/decode.js';

/** Longest that is looked beyond the first tries, ms. */
const longestLookMs = 2_000;

/** Pixels as a canvas gives them: red, green, blue and alpha of each, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** The text of the QR code in a picture, light on dark or dark on light; `null`: none was found. Blocks for a moment. */
export function textInPixels({ width, height, data }: Pixels): string | null {
  try {
    return decodeQR({ width, height, data }, { format: 'RGBA', effort: 10, timeLimit: longestLookMs });
  } catch {
    return null;
  }
}
