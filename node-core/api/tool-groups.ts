import type { AgentDraft } from './agent-views.ts';

type ToolName = AgentDraft['tools'][number];

/** What the tools of a group reach. `own`: the person's chats and Nunba's own notes; the last three do more than read. */
export type ToolReach = 'own' | 'folders' | 'changes' | 'web' | 'programs';

/** Every tool that comes with Nunba, by what it reaches, from the least to the most. */
export const toolGroups: readonly { readonly reach: ToolReach; readonly tools: readonly ToolName[] }[] = [
  { reach: 'own', tools: ['search_chats', 'read_attachment', 'notes', 'calculate', 'date'] },
  { reach: 'folders', tools: ['list_files', 'read_file', 'search_files'] },
  { reach: 'changes', tools: ['write_file', 'move_files', 'remove_files'] },
  { reach: 'web', tools: ['fetch_page'] },
  { reach: 'programs', tools: ['run_command'] },
];

const readingReaches: readonly ToolReach[] = ['own', 'folders'];

/** Whether a tool does more than read, compute and keep notes of its own: nothing gets it unless the person says so. */
export function doesMoreThanRead(tool: ToolName): boolean {
  return !toolGroups.some(({ reach, tools }) => readingReaches.includes(reach) && tools.includes(tool));
}
