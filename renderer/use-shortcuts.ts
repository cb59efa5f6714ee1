import { useEffect } from 'react';
import { isApple, type ShortcutName, shortcutOf } from './shortcuts.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** Does what the window's keys ask for. `onShortcut` must not change between renders. */
export function useShortcuts(onShortcut: (name: ShortcutName) => void): void {
  useEffect(() => {
    const isMac = isApple(navigator.platform);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = shortcutOf(event, isMac, isTyping(event.target));
      if (!name) return;
      event.preventDefault();
      onShortcut(name);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onShortcut]);
}
