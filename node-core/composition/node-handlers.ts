import type { Agents } from '../agents/create-agents.ts';
import type { Knowledge } from '../agents/knowledge/create-knowledge.ts';
import type { Handlers } from '../api/contract.ts';
import type { Chat } from '../chat/create-chat.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { HaltBreaker } from '../halt/breaker.ts';
import { createAboutHandlers } from '../health/about-node.ts';
import { createApiHandlers, type Listening } from '../http/api-handlers.ts';
import type { ChatToken } from '../http/chat-token.ts';
import type { OwnedFolder } from '../platform/owned-folder.ts';
import { createKeyHandlers } from '../platform/vault/key-handlers.ts';
import type { Vault } from '../platform/vault/vault.ts';
import type { Host } from '../protocol/ports/host.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import { createStorageHandlers } from '../storage/storage-handlers.ts';
import { updateRecordIn } from '../storage/update-record.ts';
import { hiveContacts } from './hive-contacts.ts';
import type { NodeHands } from './node-hands.ts';
import type { NodeHealth } from './node-health.ts';
import type { NodeTrust } from './node-trust.ts';

/** Everything that answers a share of the contract, or that such an answer is made of. */
export interface NodeParts {
  readonly config: NodeConfig;
  readonly host: Host;
  readonly folder: OwnedFolder;
  readonly storage: Storage;
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly agents: Agents;
  readonly hands: NodeHands;
  readonly breaker: HaltBreaker;
  readonly chat: Chat;
  readonly knowledge: Knowledge;
  readonly trust: NodeTrust;
  readonly status: NodeHealth;
  readonly listening: { readonly now: Listening };
  readonly chatToken: ChatToken;
}

/** Puts the shares of the contract together: a call or subscription that nobody answers does not compile. */
export function createNodeHandlers(parts: NodeParts): Handlers {
  const { config, folder, host, storage, settings, vault } = parts;
  const { agents, hands, breaker, chat, knowledge, trust, status, listening, chatToken } = parts;
  const about = createAboutHandlers({
    version: config.version,
    dataFolder: config.dataFolder,
    licencesFile: config.licencesFile,
    contacts: () => [...agents.contacts(), ...hiveContacts(trust.place())],
  });
  const storageHandlers = createStorageHandlers({
    storage,
    folder: folder.places.root,
    backupsFolder: folder.places.backups,
    updateRecord: updateRecordIn(folder.places.run),
    version: config.version,
    clock: host.clock,
    runningTurns: () => chat.runningTurns(),
    openPath: (path) => host.openPath(path),
  });
  const keys = createKeyHandlers(vault);
  const api = createApiHandlers(chatToken, () => listening.now);
  return {
    calls: {
      ...status.handlers.calls,
      ...chat.handlers.calls,
      ...knowledge.handlers.calls,
      ...agents.handlers.calls,
      ...hands.handlers.calls,
      ...breaker.handlers.calls,
      ...settings.handlers.calls,
      ...storageHandlers.calls,
      ...keys.calls,
      ...api.calls,
      ...about.calls,
      ...trust.handlers.calls,
    },
    subscriptions: {
      ...status.handlers.subscriptions,
      ...chat.handlers.subscriptions,
      ...knowledge.handlers.subscriptions,
      ...agents.handlers.subscriptions,
      ...hands.handlers.subscriptions,
      ...settings.handlers.subscriptions,
      ...keys.subscriptions,
      ...trust.handlers.subscriptions,
    },
  };
}
