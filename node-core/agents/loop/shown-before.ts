import type { PromptMessage } from '../../protocol/ports/answers.ts';
import type { CitationSource } from '../citations.ts';
import type { Tool, ToolContext } from '../tools/tool.ts';

/** Most uses of tools that are looked up again, newest first, and the longest time for all of them, ms. */
const mostUses = 40;
const withinMs = 10_000;

/** Text of the partial answer that a history ends with, also where a tool was its last part. */
export const textBefore = (history: readonly PromptMessage[]): string => {
  const last = history.at(-1);
  if (last?.role !== 'assistant') return '';
  const text = last.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
  return last.parts.at(-1)?.kind === 'text' ? text : `${text}\n\n`;
};

/**
 * The texts that a partial answer was shown before it broke off, looked up again with the same tools: what it quotes may
 * stand in them. Reads only; what cannot be read any more is left out. Aborting the signal rejects.
 */
export async function shownBefore(
  history: readonly PromptMessage[],
  tools: readonly Tool[],
  context: ToolContext,
): Promise<readonly CitationSource[]> {
  const last = history.at(-1);
  if (last?.role !== 'assistant') return [];
  const uses = last.parts.flatMap((part) => (part.kind === 'tool' && part.outcome.kind === 'done' ? [part] : []));
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(withinMs)]);
  const shown: CitationSource[] = [];
  for (const use of uses.slice(-mostUses)) {
    const tool = tools.find(({ name, isQuotable }) => isQuotable && name === use.toolName);
    if (tool) shown.push(...(await readAgain(tool, use.arguments, { ...context, signal })));
    context.signal.throwIfAborted();
  }
  return shown;
}

async function readAgain(tool: Tool, given: unknown, context: ToolContext): Promise<readonly CitationSource[]> {
  try {
    context.signal.throwIfAborted();
    const plan = await tool.plan(given, context);
    return plan.kind === 'read' ? (await plan.run(context)).sources : [];
  } catch {
    // Gone since, or too slow: what is quoted of it is not found.
    return [];
  }
}
