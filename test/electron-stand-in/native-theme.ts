import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import { classStandsFor, type Members } from './stands-for.ts';

/** The system is light; `themeSource` decides otherwise. */
class StandInTheme extends EventEmitter implements Members<NativeTheme> {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  readonly shouldUseDarkColorsForSystemIntegratedUI = false;
  #source: NativeTheme['themeSource'] = 'system';

  get themeSource(): NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: NativeTheme['themeSource']) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}
classStandsFor('nativeTheme', StandInTheme);

export const nativeTheme = new StandInTheme();
