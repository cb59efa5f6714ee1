/** The page's paper in its two themes, as `--paper` of `renderer/ui/styles.css`; a test compares them. */
const paper = { light: '#faf8f5', dark: '#15171a' } as const;

/** What a window shows before the page has painted, so that nothing flashes. */
export function paperColour(isDark: boolean): string {
  return isDark ? paper.dark : paper.light;
}
