import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import type { Members } from './stands-for.ts';

/** How much one step of zoom is. */
const zoomStep = 1.2;

/** The members of a page that are only kept, or that do nothing without a screen and a keyboard. */
export class ContentsSettings extends EventEmitter implements Members<WebContents> {
  zoomLevel = 0;
  audioMuted = false;
  userAgent = 'stand-in';
  backgroundThrottling = true;

  get zoomFactor(): number {
    return zoomStep ** this.zoomLevel;
  }

  set zoomFactor(factor: number) {
    this.zoomLevel = Math.log(factor) / Math.log(zoomStep);
  }

  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }

  getZoomLevel(): number {
    return this.zoomLevel;
  }

  setZoomFactor(factor: number): void {
    this.zoomFactor = factor;
  }

  getZoomFactor(): number {
    return this.zoomFactor;
  }

  async setVisualZoomLevelLimits(): Promise<void> {}

  setBackgroundThrottling(): void {}

  setIgnoreMenuShortcuts(): void {}

  getType(): 'window' {
    return 'window';
  }

  isFocused(): boolean {
    return true;
  }

  focus(): void {}

  isDevToolsOpened(): boolean {
    return false;
  }

  openDevTools(): void {
    this.emit('devtools-opened');
  }

  closeDevTools(): void {}

  toggleDevTools(): void {}

  inspectElement(): void {}

  copy(): void {}

  cut(): void {}

  paste(): void {}

  pasteAndMatchStyle(): void {}

  selectAll(): void {}

  undo(): void {}

  redo(): void {}

  showDefinitionForSelection(): void {}
}
