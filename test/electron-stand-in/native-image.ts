import fs from 'node:fs';
import type { AddRepresentationOptions, NativeImage as ElectronImage, ResizeOptions, Size } from 'electron';
import { classStandsFor, type Members, standsFor } from './stands-for.ts';

const pngMark = 0x89504e47;

/** A picture that is not decoded: its bytes and its size. */
export class NativeImage implements Members<ElectronImage> {
  isMacTemplateImage = false;
  readonly #file: string;
  readonly #bytes: Buffer;
  readonly #size: Size;
  readonly #scaleFactors = new Set([1]);

  constructor(bytes: Buffer, size: Size = sizeOf(bytes), file = '') {
    this.#bytes = bytes;
    this.#size = size;
    this.#file = file;
  }

  /** Where an image was read; a static, so that an image has no member that Electron's has not. */
  static fileOf(image: NativeImage): string {
    return image.#file;
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  getSize(): Size {
    return { ...this.#size };
  }

  getAspectRatio(): number {
    return this.#size.width / this.#size.height;
  }

  getScaleFactors(): number[] {
    return [...this.#scaleFactors];
  }

  toPNG(): Buffer {
    return this.#bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }

  resize({ width = this.#size.width, height = this.#size.height }: ResizeOptions): ElectronImage {
    return new NativeImage(this.#bytes, { width, height }) as unknown as ElectronImage;
  }

  addRepresentation({ scaleFactor = 1 }: AddRepresentationOptions): void {
    this.#scaleFactors.add(scaleFactor);
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isMacTemplateImage = isTemplate;
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }
}
classStandsFor('NativeImage', NativeImage);

/** Empty where there is no such file, as Electron's is. */
export function createFromPath(file: string): NativeImage {
  return new NativeImage(fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0), undefined, file);
}

export const nativeImage = standsFor('nativeImage', {
  createEmpty: (): NativeImage => new NativeImage(Buffer.alloc(0)),
  createFromPath,
  createFromBuffer: (bytes: Buffer): NativeImage => new NativeImage(bytes),
  createFromDataURL: (address: string): NativeImage =>
    new NativeImage(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')),
});

function sizeOf(bytes: Buffer): Size {
  const isPng = bytes.length > 24 && bytes.readUInt32BE(0) === pngMark;
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 };
}
