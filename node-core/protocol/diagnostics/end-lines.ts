/** More of one log file than this is not read, bytes. */
export const mostLogBytes = 256 * 1024;

/** The whole lines at the end of a log file. @param isCut what stands before was not read */
export function endLines(text: string, isCut: boolean): readonly string[] {
  const lines = text.split('\n');
  // The first one is only whole where the file begins with it.
  return (isCut ? lines.slice(1) : lines).filter((line) => line !== '');
}
