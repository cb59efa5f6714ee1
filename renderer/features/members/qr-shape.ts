import { encode } from 'uqr';

/** A QR code as squares of one unit; the quiet border that cameras need is part of it. */
export interface QrShape {
  /** Edge, in units. */
  readonly size: number;
  /** Path of the dark squares, as SVG and canvas read it. */
  readonly path: string;
}

/** Edge of a unit in a saved picture, px. */
const unitPx = 8;

/** The code of a text. Nothing scratches a screen, so larger squares serve better than more correction. */
export function qrShape(text: string): QrShape {
  const { data, size } = encode(text, { ecc: 'L', border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join('') };
}

/** The code as a PNG, dark on light; `null` where the browser draws none. */
export function qrPng({ size, path }: QrShape): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = size * unitPx;
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.scale(unitPx, unitPx);
  context.fillStyle = 'white';
  context.fillRect(0, 0, size, size);
  context.fillStyle = 'black';
  context.fill(new Path2D(path));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
