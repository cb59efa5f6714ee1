import type { AgentView } from '../../api/agent-views.ts';
import { readAttachment } from './read-attachment.ts';
import { searchChats } from './search-chats.ts';
import type { Tool } from './tool.ts';

const tools: Readonly<Record<AgentView['tools'][number], Tool>> = {
  search_chats: searchChats,
  read_attachment: readAttachment,
};

/** The tools of an agent, in its order. */
export function toolsOf(agent: Pick<AgentView, 'tools'>): readonly Tool[] {
  return [...new Set(agent.tools)].map((name) => tools[name]);
}
