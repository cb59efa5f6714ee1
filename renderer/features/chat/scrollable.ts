/** For an element that scrolls by itself and holds no control: it must be reachable by keyboard. */
export const scrollable = { tabIndex: 0 } as const;
