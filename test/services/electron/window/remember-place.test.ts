import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { defaultShellSettings } from '../../../../electron/settings/settings-schema.ts';
import { ShellSettings } from '../../../../electron/settings/shell-settings.ts';
import { rememberPlace } from '../../../../electron/window/remember-place.ts';

const place = { x: 10, y: 20, width: 800, height: 600 };
const moved = { x: 30.4, y: 40, width: 700, height: 500 };
const saved = { bounds: place, isMaximized: true, zoom: 0.5 };

/** A window that stands elsewhere than the settings say, and what they say after its events. */
function remembering(isVisible: boolean): (...events: readonly ('show' | 'close')[]) => unknown {
  const settings = new ShellSettings({ ...defaultShellSettings, window: saved }, () => undefined);
  const window = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    isMaximized: () => false,
    isVisible: () => isVisible,
    getNormalBounds: () => moved,
  });
  rememberPlace(window, settings);
  return (...events) => {
    for (const event of events) window.emit(event);
    return settings.get().window;
  };
}

const kept = { bounds: { ...moved, x: 30 }, isMaximized: false, zoom: 0.5 };

test('a window that closes without ever having been shown changes nothing', () => {
  expect(remembering(false)('close')).toEqual(saved);
});

test('one that was shown is kept where it stands', () => {
  expect(remembering(false)('show', 'close')).toEqual(kept);
  expect(remembering(true)('close')).toEqual(kept);
});
