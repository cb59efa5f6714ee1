import { markOutside, outsideRule } from '../../protocol/hands/outside-text.ts';
import type { Tool } from '../tools/tool.ts';
import type { OutsideMarks } from './to-prompt.ts';

/**
 * Marks for one answer. A tool counts as outside unless it is known to bring only what Nunba itself computed: an earlier
 * answer may hold results of tools that are not here any more.
 * @param id new and random, a ULID
 */
export function createOutsideMarks(tools: readonly Tool[], id: string): OutsideMarks {
  // The last 16 characters of a ULID are its random ones.
  const nonce = id.slice(-16).toLowerCase();
  const inside = new Set(tools.filter(({ isOutside }) => !isOutside).map(({ name }) => name));
  return {
    mark: (toolName, text) =>
      inside.has(toolName) ? text : markOutside(text, { tool: toolName, origin: toolName, nonce }),
    rule: outsideRule(nonce),
  };
}
