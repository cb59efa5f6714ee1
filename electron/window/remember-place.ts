import type { BrowserWindow, Rectangle } from 'electron';
import type { ShellSettings } from '../settings/shell-settings.ts';

/** A window that is being dragged is not written down at every pixel; ms. */
const restMs = 500;

/** What is asked of a window. */
export type PlacedWindow = Pick<BrowserWindow, 'isDestroyed' | 'isMaximized' | 'isVisible'> & {
  getNormalBounds(): Rectangle;
  on(event: 'move' | 'resize' | 'maximize' | 'unmaximize' | 'close' | 'closed' | 'show', listener: () => void): unknown;
};

/**
 * Keeps in the settings where a window stands, once it rests there and when it closes. One that was never shown is
 * maximized only when it is, so that until then what was saved stays.
 */
export function rememberPlace(window: PlacedWindow, settings: Pick<ShellSettings, 'get' | 'remember'>): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wasShown = window.isVisible();
  window.on('show', () => {
    wasShown = true;
  });
  const save = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (window.isDestroyed() || !wasShown) return;
    const { zoom } = settings.get().window;
    settings.remember({
      window: { bounds: whole(window.getNormalBounds()), isMaximized: window.isMaximized(), zoom },
    });
  };
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(save, restMs);
  };
  window.on('move', later);
  window.on('resize', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', save);
  window.on('closed', () => {
    if (timer) clearTimeout(timer);
  });
}

/** A scale that is no whole number can make bounds that are none. */
const whole = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
});
