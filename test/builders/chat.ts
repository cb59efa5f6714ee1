import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { CallArgument, CallName, CallResult } from '../../node-core/api/contract.ts';
import type { ThreadItem } from '../../node-core/api/conversation-views.ts';
import { type Chat, createChat } from '../../node-core/chat/create-chat.ts';
import type { DeedRecords } from '../../node-core/protocol/ports/deed-records.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { createFakeAnswerer, type FakeAnswerer } from '../doubles/answerer.ts';
import { createFakeBreaker, type FakeBreaker } from '../doubles/breaker.ts';
import { createFakeClock, type FakeClock } from '../doubles/clock.ts';
import { noDeeds } from '../doubles/deed-records.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createIds } from './ids.ts';
import { tempFolder } from './temp-folder.ts';

/** 14 October 2026, 09:15 UTC */
export const testStart = Date.UTC(2026, 9, 14, 9, 15);

/** A chat on a database of its own, with a clock that stands still and answers that the test writes. */
export interface TestChat {
  readonly chat: Chat;
  readonly storage: Storage;
  readonly answerer: FakeAnswerer;
  readonly breaker: FakeBreaker;
  readonly takesModel: (agentId: string) => boolean;
  readonly clock: FakeClock;
  readonly log: ReturnType<typeof createRecordedLog>;
  readonly folder: string;
  readonly file: string;
  readonly backupsFolder: string;
  /** Calls a handler of the chat. */
  call<N extends ChatCallName>(name: N, input: CallArgument<N>): Promise<CallResult<N>>;
  /** A new conversation's identifier. */
  conversation(): Promise<string>;
  /** What a watcher of the thread receives, as it comes. */
  watch(conversationId: string): Promise<WatchedThread>;
  /** Sends a prompt and has it answered. */
  exchange(conversationId: string, prompt: string, answer: string): Promise<Exchange>;
}

interface WatchedThread {
  readonly items: ThreadItem[];
  stop(): void;
}

export interface Exchange {
  readonly userMessageId: string;
  readonly assistantMessageId: string;
}

type ChatCallName = keyof Chat['handlers']['calls'] & CallName;

/** What differs from the usual. */
interface TestChatOptions {
  readonly folder?: string;
  readonly answerer?: FakeAnswerer;
  readonly deeds?: DeedRecords;
  readonly agentExists?: (id: string) => boolean;
  readonly agentName?: (id: string) => string | null;
  /** Keeps the identifiers of several chats in one test apart. */
  readonly series?: number;
  /** ms since the epoch */
  readonly startMs?: number;
}

/** Opens a chat that is closed when the test is over. */
export async function openTestChat(options: TestChatOptions = {}): Promise<TestChat> {
  const folder = options.folder ?? tempFolder();
  const file = path.join(folder, 'nunba.db');
  const backupsFolder = path.join(folder, 'backups');
  const clock = createFakeClock(options.startMs ?? testStart);
  const log = createRecordedLog();
  const answerer = options.answerer ?? createFakeAnswerer();
  const breaker = createFakeBreaker();
  const takesModel = (id: string): boolean => id !== 'guide';
  const storage = await openStorage({ file, backupsFolder, clock, log });
  const chat = createChat({
    storage,
    answerer,
    agentExists: options.agentExists ?? (() => true),
    agentName: options.agentName ?? ((id) => id),
    takesModel,
    deeds: options.deeds ?? noDeeds,
    breaker,
    defaultAgentId: () => Promise.resolve('nunba'),
    clock,
    ids: createIds(options.series ?? 0),
    log,
  });
  await chat.recover();
  onTestFinished(async () => {
    await chat.stop();
    await storage.close();
  });
  const parts = { chat, storage, answerer, breaker, takesModel, clock, log, folder, file, backupsFolder };
  return { ...parts, ...createSteps(chat, answerer) };
}

function createSteps(
  chat: Chat,
  answerer: FakeAnswerer,
): Pick<TestChat, 'call' | 'conversation' | 'watch' | 'exchange'> {
  const call: TestChat['call'] = async (name, input) => {
    // The handler of `name` takes and gives what the contract says of `name`; TypeScript cannot follow that here.
    const handler = chat.handlers.calls[name] as (input: unknown) => unknown;
    return (await handler(input)) as CallResult<typeof name>;
  };
  const watch: TestChat['watch'] = async (conversationId) => {
    const items: ThreadItem[] = [];
    // Copied, because a channel would copy it too.
    const sink = { next: (item: ThreadItem) => void items.push(structuredClone(item)) };
    const stop = await chat.handlers.subscriptions['thread.watch']({ conversationId }, sink);
    return { items, stop };
  };
  return {
    call,
    watch,
    conversation: async () => (await call('conversations.create', { agentId: null, model: null })).id,
    exchange: async (conversationId, prompt, text) => {
      const sent = await call('thread.send', { conversationId, text: prompt, attachmentIds: [] });
      const answer = await answerer.next();
      const ended = untilIdle(chat, conversationId);
      answer.text(text);
      answer.finish();
      await ended;
      return { userMessageId: sent.userMessageId ?? '', assistantMessageId: sent.assistantMessageId };
    },
  };
}

/** Resolves when no turn of the conversation runs any more. */
export async function untilIdle(chat: Chat, conversationId: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let stop = (): void => undefined;
    const next = (item: ThreadItem): void => {
      if ((item.kind === 'conversation' || item.kind === 'opened') && !item.conversation.isRunning) {
        stop();
        resolve();
      }
    };
    Promise.resolve(chat.handlers.subscriptions['thread.watch']({ conversationId }, { next })).then((end) => {
      stop = end;
    }, reject);
  });
}
