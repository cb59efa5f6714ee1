import type { Answerer } from '../protocol/ports/answers.ts';
import type { Breaker } from '../protocol/ports/breaker.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { DeedRecords } from '../protocol/ports/deed-records.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import type { ConversationList } from './conversation-list.ts';
import { findConversation } from './conversation-store.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { OpenThreads } from './open-threads.ts';
import type { TurnRunner } from './turn-runner.ts';

/** What the chat is made with. */
export interface ChatOptions {
  readonly storage: Storage;
  readonly answerer: Answerer;
  /** Whether an agent can be chosen. */
  readonly agentExists: (agentId: string) => boolean;
  /** Also of one that was removed, so that its conversations go on; `null`: there never was one, or it is purged. */
  readonly agentName: (agentId: string) => string | null;
  /** The agent of a conversation that names none. */
  readonly defaultAgentId: () => Promise<string>;
  /** Whether an agent's work asks a model: such an agent stands still while the breaker says so. */
  readonly takesModel: (agentId: string) => boolean;
  readonly breaker: Pick<Breaker, 'pass' | 'onTrip'>;
  /** What agents did for the answers. */
  readonly deeds: DeedRecords;
  readonly clock: Clock;
  /** A source of ULIDs. */
  readonly ids: () => string;
  readonly log: Log;
}

/** What the parts of the chat share. */
export interface ChatContext extends Omit<ChatOptions, 'answerer'> {
  readonly threads: OpenThreads;
  readonly list: ConversationList;
  readonly runner: TurnRunner;
  /** Changes to the shape of one conversation go one after another. */
  readonly queue: KeyedQueue;
}

/** Tells everyone what the conversation says of itself now. */
export async function showConversation(
  { storage, list, threads }: Pick<ChatContext, 'storage' | 'list' | 'threads'>,
  conversationId: string,
): Promise<void> {
  const row = await findConversation(storage.db, conversationId);
  if (!row) return;
  list.changed(row);
  threads.showConversation(row);
}
