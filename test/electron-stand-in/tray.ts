import { EventEmitter } from 'node:events';
import type { Tray as ElectronTray } from 'electron';
import type { Menu } from './menu.ts';
import { createFromPath, NativeImage } from './native-image.ts';
import { record, type SeenTray } from './record.ts';
import { classStandsFor, type Members } from './stands-for.ts';

/** An icon that a test sees in `standIn.trays`. */
export class Tray
  extends EventEmitter
  implements Members<Pick<ElectronTray, 'setToolTip' | 'setTitle' | 'destroy' | 'isDestroyed'>>
{
  readonly #seen: SeenTray;

  constructor(image: NativeImage | string) {
    super();
    if (process.env.STAND_IN_TRAY === 'none') throw new Error('stand-in: there is no tray');
    const emit = (event: string): void => void this.emit(event, {}, this.getBounds());
    const id = record.trays.length + 1;
    this.#seen = { id, tooltip: '', title: '', image: seen(image), menu: null, isDestroyed: false, emit };
    record.trays.push(this.#seen);
  }

  setImage(image: NativeImage | string): void {
    this.#seen.image = seen(image);
  }

  setPressedImage(): void {}

  setToolTip(text: string): void {
    this.#seen.tooltip = text;
  }

  setTitle(text: string): void {
    this.#seen.title = text;
  }

  getTitle(): string {
    return this.#seen.title;
  }

  setContextMenu(menu: Menu | null): void {
    this.#seen.menu = menu;
  }

  popUpContextMenu(): void {}

  setIgnoreDoubleClickEvents(): void {}

  displayBalloon(): void {}

  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 22, height: 22 };
  }

  destroy(): void {
    this.#seen.isDestroyed = true;
  }

  isDestroyed(): boolean {
    return this.#seen.isDestroyed;
  }
}
classStandsFor('Tray', Tray);

function seen(image: NativeImage | string): SeenTray['image'] {
  const { bytes, ...shown } = describe(typeof image === 'string' ? createFromPath(image) : image);
  if (bytes === 0) throw new Error('Failed to load image from path');
  return shown;
}

function describe(image: NativeImage): SeenTray['image'] & { readonly bytes: number } {
  const file = NativeImage.fileOf(image);
  return { ...image.getSize(), isTemplate: image.isTemplateImage(), file, bytes: image.toPNG().length };
}
