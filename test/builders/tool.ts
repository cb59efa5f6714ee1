import { defaultToolLimits, type Tool, type ToolContext, type ToolResult } from '../../node-core/agents/tools/tool.ts';

/** A tool named `search_chats` that only reads, and does it so. */
export const readingTool = (
  run: (input: unknown, context: ToolContext) => Promise<ToolResult>,
  changes: Partial<Tool> = {},
): Tool => ({
  name: 'search_chats',
  description: '',
  inputSchema: { type: 'object', properties: {} },
  limits: defaultToolLimits,
  isOutside: false,
  plan: async (input) => ({ kind: 'read', run: (context) => run(input, context) }),
  ...changes,
});

/** Plans a call of a tool that only reads, and runs it. */
export async function readWith(tool: Tool, input: unknown, context: ToolContext): Promise<ToolResult> {
  const plan = await tool.plan(input, context);
  if (plan.kind !== 'read') throw new Error(`${tool.name} planned a deed`);
  return plan.run(context);
}
