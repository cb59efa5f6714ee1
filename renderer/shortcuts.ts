/** What the keys of the whole window do. */
export type ShortcutName = 'new-chat' | 'search' | 'settings' | 'shortcuts';

/** The parts of a key press that decide. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const withCommandKey: Readonly<Record<string, ShortcutName>> = { n: 'new-chat', k: 'search', ',': 'settings' };

/** Whether this is an Apple computer, whose command key is another one. */
export function isApple(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** What a key press asks for. `isTyping`: the focus is where letters are letters. */
export function shortcutOf(press: KeyPress, isMac: boolean, isTyping: boolean): ShortcutName | null {
  const hasCommand = isMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (hasCommand && !press.altKey && !press.shiftKey) return withCommandKey[press.key.toLowerCase()] ?? null;
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey;
  return isPlain && press.key === '?' && !isTyping ? 'shortcuts' : null;
}

/** A shortcut as the keys of this computer are labelled. */
export function keysOf(name: 'new-chat' | 'search' | 'settings', isMac: boolean): string {
  const letter = { 'new-chat': 'N', search: 'K', settings: ',' }[name];
  return isMac ? `⌘${letter}` : `Ctrl ${letter}`;
}
