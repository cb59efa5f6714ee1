import type { Settings } from '../node-core/api/node-views.ts';

const storedName = 'nunba.theme';

/** Shows the theme, and remembers it so that the next start need not wait for the node to know it. */
export function applyTheme(theme: Settings['theme'], storage: Storage | null): void {
  setTheme(theme);
  try {
    if (theme === 'system') storage?.removeItem(storedName);
    else storage?.setItem(storedName, theme);
  } catch {
    // A storage that takes nothing costs a flash at the next start.
  }
}

/** Shows the theme of the last time. */
export function applyStoredTheme(storage: Storage | null): void {
  const stored = storage?.getItem(storedName);
  if (stored === 'light' || stored === 'dark') setTheme(stored);
}

function setTheme(theme: Settings['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
