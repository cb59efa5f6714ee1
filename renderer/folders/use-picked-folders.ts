import type { PickedFolderView } from '../../node-core/api/hands-views.ts';
import { useWatched } from '../rpc/use-watched.ts';

/** The folders that an agent sees in a conversation: its own, and those of the conversation alone. */
export interface SeenFolders {
  readonly ofAgent: readonly PickedFolderView[];
  readonly ofChat: readonly PickedFolderView[];
}

/** What an agent sees, here or anywhere; `null` until the node has told. */
export function usePickedFolders(agentId: string | null, conversationId: string | null): SeenFolders | null {
  const folders = useWatched('hands.watch', {}).value?.folders;
  if (!folders) return null;
  return {
    ofAgent: folders.filter(({ owner }) => owner.kind === 'agent' && owner.agentId === agentId),
    ofChat: folders.filter(({ owner }) => owner.kind === 'chat' && owner.conversationId === conversationId),
  };
}
