import type { EffectNotes, Tool, ToolContext, ToolResult } from '../../node-core/agents/tools/tool.ts';
import type { Deed } from '../../node-core/protocol/hands/deed.ts';
import type { Effect } from '../../node-core/protocol/hands/effect.ts';
import { createFakeChatReader } from '../doubles/chat-reader.ts';

/** Where a tool is used in a test. */
export const toolContext = (changes: Partial<ToolContext> = {}): ToolContext => ({
  conversationId: 'C1',
  agentId: 'nunba',
  reader: createFakeChatReader({}),
  signal: new AbortController().signal,
  ...changes,
});

/** Notes of effects as they were begun and done, in order: `begin`, and `done` or `failed`. */
export interface RecordedNotes extends EffectNotes {
  readonly noted: readonly (readonly [string, Effect])[];
}

/** Notes that a test can look at. */
export function createRecordedNotes(): RecordedNotes {
  const noted: [string, Effect][] = [];
  return {
    noted,
    async act(effect, act) {
      noted.push(['begin', effect]);
      try {
        const result = await act();
        noted.push(['done', effect]);
        return result;
      } catch (error) {
        noted.push(['failed', effect]);
        throw error;
      }
    },
  };
}

/** Plans a call of a tool that does something; tells the deed, and how to allow it. */
export async function planDeed(
  tool: Tool,
  input: unknown,
  context: ToolContext = toolContext(),
): Promise<{ readonly deed: Deed; allow(notes?: EffectNotes): Promise<ToolResult> }> {
  const plan = await tool.plan(input, context);
  if (plan.kind !== 'deed') throw new Error(`${tool.name} planned no deed`);
  return { deed: plan.deed, allow: (notes = createRecordedNotes()) => plan.run(context, notes) };
}
