import { type Agents, createAgents } from './agents/create-agents.ts';
import type { Knowledge } from './agents/knowledge/create-knowledge.ts';
import { type Channel, channelPair } from './api/channel.ts';
import type { Client } from './api/client.ts';
import type { Handlers } from './api/contract.ts';
import { failureOf } from './api/failures.ts';
import { serveContractLate } from './api/late-server.ts';
import type { StatusView } from './api/node-views.ts';
import type { ReportBug } from './api/server.ts';
import { type Chat, createChat } from './chat/create-chat.ts';
import { createBugReport } from './composition/bug-report.ts';
import { createNodeEngine } from './composition/node-engine.ts';
import { createNodeHandlers } from './composition/node-handlers.ts';
import { createNodeHands, type NodeHands } from './composition/node-hands.ts';
import { createNodeHealth, type NodeHealth } from './composition/node-health.ts';
import { createNodeKnowledge } from './composition/node-knowledge.ts';
import { createNodeTrust, type NodeTrust } from './composition/node-trust.ts';
import type { NodeConfig } from './config/node-config.ts';
import { type HaltBreaker, openBreaker } from './halt/breaker.ts';
import type { Listening } from './http/api-handlers.ts';
import { createChatToken } from './http/chat-token.ts';
import { createPageSessions, type PageToken } from './http/page-sessions.ts';
import { createToken } from './http/tokens.ts';
import { createLog, type FileLog } from './platform/create-log.ts';
import { type OwnedFolder, ownFolder } from './platform/owned-folder.ts';
import { createStopList, type StopList } from './platform/stop-list.ts';
import { createIds } from './platform/ulid-ids.ts';
import { readPassphraseFile } from './platform/vault/passphrase-file.ts';
import { openVault, type Vault } from './platform/vault/vault.ts';
import { VaultDisk } from './platform/vault/vault-disk.ts';
import type { Host } from './protocol/ports/host.ts';
import { readinessOf } from './protocol/readiness.ts';
import { openAfterUpdate } from './storage/open-after-update.ts';
import { createSettings, type SettingsStore } from './storage/settings.ts';
import type { Storage } from './storage/storage.ts';
import { keepTier } from './storage/tier-mark.ts';
import { updateRecordIn } from './storage/update-record.ts';

/** A node that owns its data folder. */
export interface RunningNode {
  readonly handlers: Handlers;
  /** Serves the contract over a channel, until it closes. */
  attach(channel: Channel): void;
  /** Speaks the contract within this process. */
  client(): Promise<Client>;
  status(): StatusView;
  /** Starts the personal listener. Once. A port that is taken is refused, or the next free one is used. */
  listen(ifTaken?: 'refuse' | 'use-next'): Promise<{ readonly address: string; readonly port: number }>;
  /** Lets one page in, once. */
  openPage(): PageToken;
  readonly reportBug: ReportBug;
  /** Ends turns, connections and the database, and gives the folder back. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Composes and starts a node. Refuses with a FailureError, and leaves nothing started, if its folder cannot be used:
 * `folder-unwritable`, `folder-foreign`, `folder-locked`, `storage-damaged`, `storage-newer`, `update-failed`, `tier-contradiction`.
 */
export async function createNode(config: NodeConfig, host: Host): Promise<RunningNode> {
  const stops = createStopList();
  try {
    return await compose(config, host, stops);
  } catch (error) {
    await stops.stopAll().catch(() => undefined);
    throw error;
  }
}

async function compose(config: NodeConfig, host: Host, stops: StopList): Promise<RunningNode> {
  const adminToken = createToken();
  const folder = ownFolder(config.dataFolder, adminToken);
  stops.add(() => folder.release());
  const log = createLog({ folder: folder.places.logs, onWarning: host.warn ?? null, now: () => host.clock.now() });
  stops.add(() => log.close());
  for (const note of config.notes) log.info({}, note);

  const { clock } = host;
  const ids = createIds(clock);
  const { database: file, backups: backupsFolder } = folder.places;
  const update = { record: updateRecordIn(folder.places.run), version: config.version };
  const storage = await openAfterUpdate({ file, backupsFolder, clock, log }, update);
  stops.add(() => storage.close());
  await keepTier(storage, config.tier);
  const settings = createSettings(storage);
  const vault = await openFolderVault(config, host, folder, log);
  const reportBug = createBugReport(log, ids);
  const base: Base = { config, host, folder, log, ids, storage, settings, vault, stops, adminToken, reportBug };
  const domains = await startDomains(base);
  await domains.trust.openWhereWanted();
  return assemble(base, domains);
}

/** Only who owns the folder may open its vault: two makers at once would lose the keys of one. */
function openFolderVault(config: NodeConfig, host: Host, folder: OwnedFolder, log: FileLog): Promise<Vault> {
  const { keyPassphraseFile } = config;
  return openVault({
    disk: new VaultDisk(folder.places.identity),
    keyring: host.keyring,
    readPassphrase: keyPassphraseFile === null ? null : () => readPassphraseFile(keyPassphraseFile),
    clock: host.clock,
    log,
  });
}

/** What everything else is built on. */
interface Base {
  readonly config: NodeConfig;
  readonly host: Host;
  readonly folder: OwnedFolder;
  readonly log: FileLog;
  readonly ids: () => string;
  readonly storage: Storage;
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly stops: StopList;
  readonly adminToken: string;
  readonly reportBug: ReportBug;
}

interface Domains {
  readonly agents: Agents;
  readonly hands: NodeHands;
  readonly breaker: HaltBreaker;
  readonly chat: Chat;
  readonly knowledge: Knowledge;
  readonly trust: NodeTrust;
  readonly status: NodeHealth;
  /** Replaced when the personal listener starts and ends. */
  readonly listening: { now: Listening };
}

async function startDomains(base: Base): Promise<Domains> {
  const { config, host, log, ids, storage, settings, vault, stops } = base;
  const { clock, paths } = host;
  const listening: Domains['listening'] = { now: { at: null, obstacle: null, isAsked: false } };
  const breaker = await openBreaker({ storage, clock });
  stops.add(() => breaker.stop());
  const trust = createNodeTrust({ ...base, breaker });
  const status = createNodeHealth({
    ...base,
    version: config.version,
    places: base.folder.places,
    clock,
    trust,
    listening: () => listening.now,
    pausedSince: () => breaker.pausedSince(),
    chosenModelFact: () => agents.chosenModelFact(),
    model: () => agents.chosenModel()?.model.name ?? null,
    checkModel: () => agents.checkChosenModel(),
    runningTurns: () => chat.runningTurns(),
  });
  breaker.onChange(() => status.refresh());
  vault.onChanged(() => status.refresh());
  const knowledge = await createNodeKnowledge(base);
  const agentExists = (id: string): boolean => agents.agentExists(id);
  const { places, children } = base.folder;
  const hands = await createNodeHands({ ...base, clock, places, children, version: config.version, agentExists });
  stops.add(() => hands.stop());
  const agents: Agents = await createAgents({
    storage,
    settings,
    secrets: vault.secrets,
    onSecretsChanged: (listener) => vault.onChanged(listener),
    clock,
    log,
    ids,
    resourcesFolder: paths.resources,
    modelsFolder: places.models,
    children,
    version: config.version,
    environment: config.providers,
    reader: () => chat.reader,
    recipeChat: () => chat.recipes,
    facts: async () => status.get(),
    ownPorts: () => [listening.now.at?.port ?? config.port],
    breaker,
    gate: hands.hands.gate,
    deeds: hands.hands.records,
    sources: [...hands.sources, knowledge.tools],
    hasKnowledge: knowledge.has,
    createEngine: (means) => createNodeEngine(base, means),
  });
  stops.add(() => agents.stop());
  knowledge.startMeaning(agents.embedder);
  agents.onToolChanged((serverId, toolName) =>
    hands.hands.revokeAbout(
      (subject) => subject.kind === 'server-tool' && subject.serverId === serverId && subject.toolName === toolName,
    ),
  );
  const chat: Chat = createChat({
    storage,
    answerer: agents.answerer,
    agentExists: agents.agentExists,
    agentName: agents.agentName,
    takesModel: agents.takesModel,
    deeds: hands.hands.records,
    breaker,
    defaultAgentId: agents.defaultAgentId,
    clock,
    ids,
    log,
  });
  stops.add(() => chat.stop());
  await chat.recover();
  await agents.startSchedules();
  return { agents, hands, breaker, chat, knowledge, trust, status, listening };
}

function assemble(base: Base, domains: Domains): RunningNode {
  const { config, host, folder, ids, vault, stops, adminToken, reportBug } = base;
  const { agents, trust, status, listening } = domains;
  const chatToken = createChatToken(vault.secrets);
  const sessions = createPageSessions(host.clock, vault.secrets);
  const handlers = createNodeHandlers({ ...base, ...domains, chatToken });
  let isStopping = false;

  const attach = (channel: Channel): void => serveContractLate(channel, handlers, reportBug);
  const listen: RunningNode['listen'] = async (ifTaken = 'refuse') => {
    const { listenAt, listenNear } = await import('./http/personal-listener.ts');
    const http = {
      version: config.version,
      listenHost: config.host,
      page: host.paths.page,
      clock: host.clock,
      ids,
      answerer: agents.answerer,
      sessions,
      adminToken,
      chatToken: chatToken.get,
      readiness: () => (isStopping ? 'stopping' : readinessOf(status.get())),
      status: status.get,
      agents: agents.list,
      models: agents.models,
      defaultAgentId: agents.defaultAgentId,
      attach,
      reportBug,
    };
    const open = ifTaken === 'use-next' ? listenNear : listenAt;
    await trust.listen(ifTaken);
    const { address, port, obstacle, close } = await open(http, config.host, config.port).catch((error: unknown) => {
      listening.now = { at: null, obstacle: failureOf(error), isAsked: true };
      throw error;
    });
    listening.now = { at: { address, port }, obstacle, isAsked: true };
    folder.announce(address);
    stops.add(async () => {
      await close();
      listening.now = { at: null, obstacle: null, isAsked: false };
    });
    return { address, port };
  };
  return {
    handlers,
    attach,
    async client() {
      const { createClient } = await import('./api/client.ts');
      const [near, far] = channelPair();
      attach(far);
      return createClient(near);
    },
    status: status.get,
    listen,
    openPage: () => sessions.mint(),
    reportBug,
    stop() {
      isStopping = true;
      return stops.stopAll();
    },
  };
}
