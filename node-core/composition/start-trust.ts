import { createStopList } from '../platform/stop-list.ts';
import { describeError } from '../protocol/describe-error.ts';
import type { Applicant, EnvironmentOrder } from '../trust/applicant/applicant.ts';
import { createApplicant } from '../trust/applicant/create-applicant.ts';
import { orderFromEnvironment } from '../trust/applicant/order-from-environment.ts';
import { showHeldFederationKey } from '../trust/authority/federation-key-store.ts';
import type { Issuer } from '../trust/authority/issuer-standing.ts';
import type { FederationKeys } from '../trust/federation-keys.ts';
import { type ComparedHiveTime, isClockWrong, noteComparisons } from '../trust/hive-time.ts';
import { createUpkeep } from '../trust/membership/create-upkeep.ts';
import { openMemberFederationKeys } from '../trust/membership/member-federation-keys.ts';
import { obstacleFact } from '../trust/membership/obstacle-view.ts';
import { createRegionalStanding } from '../trust/membership/regional-standing.ts';
import type { Upkeep } from '../trust/membership/upkeep.ts';
import { createHiveClient } from '../trust/transport/create-hive-client.ts';
import type { HiveClient } from '../trust/transport/hive-client.ts';
import { type Central, startCentral } from './central.ts';
import { createHiveAddress, type HiveAddress } from './hive-address.ts';
import { createSince, placeOf } from './hive-place.ts';
import { createHivePort } from './hive-port.ts';
import { createIssuing, type Issuing } from './issuing.ts';
import { keepMarkedTier } from './marked-tier.ts';
import { openHiveListener } from './open-hive-listener.ts';
import type { Trust } from './trust-gate.ts';
import { createTrustHandlers } from './trust-handlers.ts';
import { openTrustParts, secureRandom, type TrustBase, type TrustParts } from './trust-parts.ts';
import { trustView } from './trust-view.ts';
import { watchDesk } from './watch-desk.ts';

/**
 * Composes everything about trust and starts it: what was begun goes on, central gets its own certificate, the hive
 * listener opens where the configuration asks for one.
 */
export async function startTrust(base: TrustBase): Promise<Trust> {
  const stops = createStopList();
  base.stops.add(() => stops.stopAll());
  try {
    return await compose({ ...base, stops });
  } catch (error) {
    // The next try begins with nothing of this one running.
    await stops
      .stopAll()
      .catch((reason: unknown) =>
        base.log.error({ error: describeError(reason) }, 'Not all of trust could be stopped.'),
      );
    throw error;
  }
}

/** What trust is made of, with the comparisons of the clock. */
type TimedParts = TrustParts & { readonly hiveTime: ComparedHiveTime };

async function compose(base: TrustBase): Promise<Trust> {
  const opened = await openTrustParts(base);
  const hiveTime = noteComparisons(opened.hiveTime, opened.clock);
  const parts: TimedParts = { ...opened, hiveTime };
  const { config, stops } = parts;
  const changes = createChanges();
  const address = await createHiveAddress(parts);
  const central = config.tier === 'central' ? await startCentral(parts, changes.tell) : null;
  const member = await startMember(parts, address);
  const issuer = central?.issuer ?? member.issuer;
  const federationKeys = central?.federationKeys ?? member.federationKeys;
  const issuing = createIssuing(parts, {
    issuer,
    federationKeys,
    federationKeyDesk: central?.federationKeys ?? member.federationKeyDesk,
    isCentral: central !== null,
    address: address.get,
  });
  const { applicant, upkeep } = member;
  for (const source of [applicant, upkeep]) stops.add(source.onChange(() => changes.tell()));
  changes.on(() => void issuing.refresh());
  keepMarkedTier(parts);
  await issuing.refresh();
  const order = await environmentOrder(parts);
  if (order !== null) await applicant.joinFromEnvironment(order);
  await applicant.resume();
  upkeep.start();
  return shareOf({ parts, central, member, address, issuer, issuing, federationKeys, changes });
}

/** Whom the environment tells to join. What cannot be read stops a node only while it has nothing else to go by. */
async function environmentOrder({ config, store, log }: TrustParts): Promise<EnvironmentOrder | null> {
  if (config.hive.join === null) return null;
  try {
    return await orderFromEnvironment(config.hive.join);
  } catch (error) {
    const { hive, application } = store.get();
    if (hive === null && application === null) throw error;
    log.warn(
      { error: describeError(error) },
      'What the environment says of joining a hive cannot be read; it is ignored.',
    );
    return null;
  }
}

/** Joining, and what keeps a membership. */
interface Member {
  readonly applicant: Applicant;
  readonly upkeep: Upkeep;
  readonly issuer: Issuer;
  readonly federationKeys: Awaited<ReturnType<typeof openMemberFederationKeys>>;
  readonly federationKeyDesk: ReturnType<typeof showHeldFederationKey>;
}

async function startMember(parts: TimedParts, address: HiveAddress): Promise<Member> {
  const { store, identity, environmentKey, clock, log, hiveTime, verify, verifier, revocations, storage, stops } =
    parts;
  const federationKeys = await openMemberFederationKeys({ store, identity, environmentKey, clock, log });
  const client: HiveClient = createHiveClient({
    identity,
    federationKeys,
    hiveTime,
    clock,
    chain: () => store.get().hive?.chain ?? null,
    caBundle: parts.caBundle,
    onAccepted: hiveTime.confirm,
  });
  const { tier, isTierAsked, hive } = parts.config;
  const applicant = createApplicant({
    keysReadyMs: parts.keysReadyMs,
    // Nothing is joined before all of this is made.
    settling: {
      federationKey: () => federationKeys.present(),
      askSigned: async () => (await upkeep.renewNow()).isAnswered,
    },
    identity,
    store,
    client,
    hiveTime,
    clock,
    log,
    verify,
    isRevoked: (publicKey, serial, parentKey) => revocations.isRevoked(publicKey, serial, parentKey),
    wordsOf: parts.wordsOf,
    tier: isTierAsked && (tier === 'regional' || tier === 'local') ? tier : null,
    describeNode: () => ({ nodeName: hive.nodeName, ...address.advertised() }),
    random: secureRandom,
  });
  stops.add(() => applicant.stop());
  const upkeep: Upkeep = createUpkeep({
    store,
    identity,
    client,
    verifier,
    revocations,
    hiveTime,
    federationKeys,
    verify,
    profile: () => profileOf(hive.nodeName, address),
    moves: applicant,
    storage,
    clock,
    random: secureRandom,
    log,
  });
  stops.add(() => upkeep.stop());
  const issuer = createRegionalStanding({ store, identity, hiveTime, revocations });
  const isFromEnvironment = (): boolean => environmentKey !== null;
  return {
    applicant,
    upkeep,
    issuer,
    federationKeys,
    federationKeyDesk: showHeldFederationKey(federationKeys, isFromEnvironment),
  };
}

function profileOf(nodeName: string, address: HiveAddress) {
  const { advertisedUrl, advertisedTls } = address.advertised();
  return {
    node_name: nodeName,
    ...(advertisedUrl === null ? {} : { advertised_url: advertisedUrl }),
    ...(advertisedTls === null ? {} : { advertised_tls: advertisedTls }),
  };
}

/** Who wants to know that something changed. */
interface Changes {
  tell(): void;
  on(listener: () => void): () => void;
}

function createChanges(): Changes {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      for (const listener of [...listeners]) listener();
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

interface Started {
  readonly parts: TimedParts;
  readonly central: Central | null;
  readonly member: Member;
  readonly address: HiveAddress;
  readonly issuer: Issuer;
  readonly issuing: Issuing;
  readonly federationKeys: FederationKeys;
  readonly changes: Changes;
}

function shareOf(started: Started): Trust {
  const { parts, central, member, address, issuer, issuing, federationKeys, changes } = started;
  const { clock, log } = parts;
  const { applicant, upkeep } = member;
  const { joinFolder, reportBug } = parts;
  const behind = { address, issuer, issuing, applicant, federationKeys, joinFolder, reportBug };
  const hivePort = createHivePort({
    clock,
    async open() {
      const listening = await openHiveListener(parts, behind);
      if (listening === null) return null;
      await address.keep().catch(async (error: unknown) => {
        await listening.close();
        throw error;
      });
      return listening;
    },
    publicUrl: address.publicUrl,
    onChange: changes.tell,
  });
  parts.stops.add(hivePort.close);
  const federationKeyDiffersSince = createSince(parts.clock);
  const clockWrongSince = createSince(parts.clock);
  const isMasterKeyHere = central?.isMasterKeyHere ?? false;
  const handlers = createTrustHandlers({
    applicant,
    upkeep,
    wordsOf: parts.wordsOf,
    onChange: changes.on,
    onFailed: (error) => void parts.reportBug(error, 'trust.watch'),
    isCentral: central !== null,
    view: () =>
      trustView({
        parts,
        applicant,
        upkeep,
        centralStanding: () => central?.issuer.standing() ?? null,
        hiveAddress: hivePort.address,
        isMasterKeyHere,
      }),
  });
  return {
    handlers: {
      calls: { ...handlers.calls, ...issuing.stewards.handlers.calls },
      subscriptions: {
        ...handlers.subscriptions,
        'authority.watch': (_input, sink) =>
          watchDesk({ calls: issuing.stewards.handlers.calls, clock, log, onChange: changes.on }, sink),
      },
    },
    place() {
      const membership = upkeep.view();
      const obstacle = membership?.renewalObstacle ?? null;
      const comparedAt = parts.hiveTime.comparedAt();
      return placeOf({
        application: applicant.view(),
        membership,
        central: central?.facts() ?? null,
        address: hivePort.address(),
        port: hivePort.fact(),
        isInsecureLab: parts.config.hive.tls.kind === 'insecure-lab',
        renewalObstacle: obstacle && obstacleFact(obstacle),
        reach: upkeep.reach(),
        renewalFailingSince: parts.store.get().hive?.renewal.failingSince ?? null,
        federationKeyDiffersSince: federationKeyDiffersSince(member.federationKeys.environmentStanding() === 'differs'),
        clockWrongSince: clockWrongSince(comparedAt !== null && isClockWrong(parts.hiveTime.offsetMs())),
        clockComparedAt: comparedAt,
      });
    },
    listen: hivePort.listen,
    onChange: (listener) => void changes.on(listener),
    check: async () => void (await Promise.all([upkeep.checkParent(), hivePort.retry(), central?.look()])),
  };
}
