import type { Pixels } from './qr-text.ts';

/** Largest picture that is read. */
const mostBytes = 20_000_000;
/** What is larger is made smaller first; a code that fills it has far more than a pixel for each of its squares. */
const mostSidePixels = 2_000;

/** Why a picture brought no link. */
export type PictureProblem = 'too-large' | 'not-a-picture' | 'no-code' | 'no-link';

/** What a picture says. */
export type PictureReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none'; readonly problem: PictureProblem };

/** Reads the QR code of a picture. What reads codes is loaded by then. Nothing leaves the page. */
export async function readQrPicture(picture: Blob): Promise<PictureReading> {
  if (picture.size > mostBytes) return none('too-large');
  const pixels = await pixelsOf(picture);
  if (!pixels) return none('not-a-picture');
  const { textInPixels } = await import('./qr-text.ts');
  const text = textInPixels(pixels);
  return text === null ? none('no-code') : { kind: 'text', text };
}

const none = (problem: PictureProblem): PictureReading => ({ kind: 'none', problem });

/** `null`: no picture that the browser knows. */
async function pixelsOf(picture: Blob): Promise<Pixels | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    const scale = Math.min(1, mostSidePixels / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    // What is transparent counts as paper.
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return context.getImageData(0, 0, canvas.width, canvas.height);
  } catch {
    return null;
  }
}
