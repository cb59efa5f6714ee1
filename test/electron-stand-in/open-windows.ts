/** What the app's life knows of a window. */
export interface OpenWindow {
  /** False when a listener kept it from closing. */
  tryClose(): boolean;
  destroy(): void;
}

/** The windows that are open, oldest first. */
export const openWindows = new Set<OpenWindow>();
