import { createContext, useContext } from 'react';
import type { AgentView } from '../../../../node-core/api/agent-views.ts';
import type { OpenThread } from './use-thread.ts';

/** What the rows of a thread need to know about the conversation around them. */
export interface ThreadSurroundings {
  readonly thread: OpenThread;
  readonly conversationId: string;
  /** By id, the removed ones missing. */
  readonly agents: ReadonlyMap<string, AgentView>;
  /** A turn is queued or streaming, so nothing else can be started. */
  readonly isRunning: boolean;
  /** The person wants times under every answer. */
  readonly showTimings: boolean;
}

const ThreadContext = createContext<ThreadSurroundings | null>(null);

/** Hands the surroundings to the rows. */
export const ThreadSurround = ThreadContext.Provider;

/** The surroundings of the row that asks. */
export function useThreadSurroundings(): ThreadSurroundings {
  const surroundings = useContext(ThreadContext);
  if (!surroundings) throw new Error('outside of a thread');
  return surroundings;
}
