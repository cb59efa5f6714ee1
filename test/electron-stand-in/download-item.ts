import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { DownloadItem, SaveDialogOptions } from 'electron';
import { classStandsFor, type Members } from './stands-for.ts';

type State = ReturnType<DownloadItem['getState']>;

/** A file that a page saves. */
export class StandInDownload extends EventEmitter implements Members<DownloadItem> {
  savePath = '';
  readonly #url: string;
  readonly #name: string;
  #state: State = 'progressing';
  #dialog: SaveDialogOptions = {};

  /** @param url as the app knows it */
  constructor(url: string, name: string) {
    super();
    this.#url = url;
    this.#name = name;
  }

  getURL(): string {
    return this.#url;
  }

  getFilename(): string {
    return path.basename(this.#name);
  }

  getState(): State {
    return this.#state;
  }

  setSavePath(file: string): void {
    this.savePath = file;
  }

  getSavePath(): string {
    return this.savePath;
  }

  setSaveDialogOptions(options: SaveDialogOptions): void {
    this.#dialog = options;
  }

  getSaveDialogOptions(): SaveDialogOptions {
    return this.#dialog;
  }

  cancel(): void {
    this.finish('cancelled');
  }

  /** For the stand-in: how it went. The first outcome stays. */
  finish(state: Exclude<State, 'progressing'>): void {
    if (this.#state !== 'progressing') return;
    this.#state = state;
    this.emit('done', {}, state);
  }
}
classStandsFor('DownloadItem', StandInDownload);
