/** What closing the window hangs on. */
export interface CloseFacts {
  readonly platform: string;
  readonly tray: 'not-yet' | 'shown' | 'none';
  readonly closeToTray: boolean;
  /** The person was asked and had the answer remembered. */
  readonly isAsked: boolean;
  /** The app is on its way out, by its menu, the tray or the system. */
  readonly isQuitting: boolean;
}

/** `close`: the window goes; where it was the last, the app ends, but on macOS it stays, as apps do there. */
export type CloseDecision = 'close' | 'hide' | 'ask';

/** What the close button does. Pure. */
export function decideClose({ platform, tray, closeToTray, isAsked, isQuitting }: CloseFacts): CloseDecision {
  if (isQuitting || platform === 'darwin' || tray !== 'shown') return 'close';
  if (closeToTray) return 'hide';
  return isAsked ? 'close' : 'ask';
}

/** The buttons of the question, in the order in which they are shown. Escape is the last. */
export const closeButtons = ['Keep it in the tray', 'Quit', 'Cancel'] as const;

/** What the answer means. Pure. */
export interface CloseAnswer {
  readonly act: 'hide' | 'quit' | 'stay';
  /** The setting to keep, or `null`: the next close asks again. */
  readonly closeToTray: boolean | null;
}

/** @param button index of the pressed button */
export function readCloseAnswer(button: number, isRemembered: boolean): CloseAnswer {
  const pressed = closeButtons[button];
  if (pressed === 'Keep it in the tray') return { act: 'hide', closeToTray: isRemembered ? true : null };
  if (pressed === 'Quit') return { act: 'quit', closeToTray: isRemembered ? false : null };
  return { act: 'stay', closeToTray: null };
}
