import type { AgentView } from '../../api/agent-views.ts';
import { readAttachment } from './read-attachment.ts';
import { searchChats } from './search-chats.ts';
import type { Tool } from './tool.ts';

/** For whom tools are looked out: the agent's own terms, and the conversation. */
export interface ToolTerms extends Pick<AgentView, 'tools' | 'servers' | 'knowledge'> {
  readonly agentId: string;
  readonly conversationId: string;
}

/** One part of Nunba that has tools to offer. Asked once at the beginning of each answer. */
export interface ToolSource {
  /** The tools that this agent has here, in this conversation. A tool whose means are missing is left out. */
  toolsFor(terms: ToolTerms): Promise<readonly Tool[]>;
}

/** Reads the chats and what is attached to them. */
export const chatTools: ToolSource = {
  toolsFor: async ({ tools }) =>
    [searchChats, readAttachment].filter(({ name }) => tools.some((each) => each === name)),
};

/** The tools of all sources; where two have the same name, that of the earlier source. */
export async function toolsOf(sources: readonly ToolSource[], terms: ToolTerms): Promise<readonly Tool[]> {
  const all = (await Promise.all(sources.map((source) => source.toolsFor(terms)))).flat();
  return [...new Map(all.toReversed().map((tool) => [tool.name, tool])).values()].toReversed();
}
