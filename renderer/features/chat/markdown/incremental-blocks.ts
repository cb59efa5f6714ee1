/** Cuts markdown into blocks that together are the whole text. */
export type SplitBlocks = (markdown: string) => string[];

/** Blocks at the end that later text may still change. */
const openBlocks = 2;

/**
 * A splitter for a text that grows: what stands before the last two blocks is settled, so only the end is cut anew.
 * Keeps the cost of a token independent of the length of the answer. One splitter per text.
 */
export function createIncrementalSplit(split: SplitBlocks): SplitBlocks {
  let lastText = '';
  let lastBlocks: string[] = [];
  return (markdown) => {
    const settled = markdown.startsWith(lastText) ? lastBlocks.slice(0, -openBlocks) : [];
    const settledLength = settled.reduce((sum, block) => sum + block.length, 0);
    lastBlocks = [...settled, ...split(markdown.slice(settledLength))];
    lastText = markdown;
    return lastBlocks;
  };
}
