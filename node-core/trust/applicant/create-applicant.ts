import { isDeepStrictEqual } from 'node:util';
import { FailureError } from '../../api/failures.ts';
import { linkDefects, notStated } from '../../api/trust-sentences.ts';
import type { Parent } from '../../protocol/trust/directory.ts';
import { dueNow, newEnrolment, unconfirmedEnrolment } from '../../protocol/trust/enrolment-machine.ts';
import { readJoinLink } from '../../protocol/trust/join-link.ts';
import { areSameWords, readWords } from '../../protocol/trust/words.ts';
import {
  type Application,
  declined,
  type HiveRecord,
  type JoinOrder,
  type Membership,
} from '../membership/membership-record.ts';
import { orderOfAddress, wordsOfPerson } from './address-order.ts';
import type { Applicant, ApplicantOptions, EnvironmentOrder } from './applicant.ts';
import { applicationView } from './application-view.ts';
import { isDeclined, isNewJoin, namesOtherHive, otherPinnedAnchor, takenOrder } from './environment-terms.ts';
import { finishJoin } from './finish-join.ts';
import { createJoinDriver, pinned } from './join-driver.ts';
import { linkOrder } from './link-order.ts';
import { createProgressBoard } from './progress-board.ts';
import { createWordMemory } from './word-memory.ts';

/** Makes the applicant; it does nothing before `resume`. */
export function createApplicant(options: ApplicantOptions): Applicant {
  const { store, clock } = options;
  const listeners = new Set<() => void>();
  const tellAll = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const words = createWordMemory(options.wordsOf, options.log, tellAll);
  let expectedWords: readonly string[] | null = null;
  const board = createProgressBoard(clock, options.keysReadyMs, tellAll);
  let finishing: Promise<void> = Promise.resolve();
  const driver = createJoinDriver(options, {
    expectedWords: () => expectedWords,
    board,
    joined: (join) => {
      finishing = finishJoin(join, options, board);
    },
  });
  const endStoreWatch = store.onChange(() => {
    const { hive, application } = store.get();
    // Left, or cancelled.
    if (hive === null && application === null) board.forget(null);
    tellAll();
  });

  /** Stores a new application in place of none or an ended one. @param words in place of its anchor */
  const begin = async (
    order: JoinOrder,
    refuse: (present: Membership) => void,
    words: readonly string[] | null = null,
  ): Promise<void> => {
    const { application } = await store.update((present) => {
      refuse(present);
      const fresh = newApplication(order, present.application, clock.now());
      return { ...present, application: { ...fresh, words: words && [...words] } };
    });
    if (application !== null) board.begin(application);
    driver.wake();
  };

  const confirm = async (text: string): Promise<void> => {
    const { application } = store.get();
    const phase = application?.phase;
    if (!application || phase?.kind !== 'unconfirmed') throw nothingTo('confirm');
    if (phase.statedAnchor === null) throw nothingStated();
    const stated = await options.wordsOf(phase.statedAnchor);
    const said = readWords(text);
    if (said === null || !areSameWords(said, stated)) {
      throw new FailureError({ kind: 'words-differ', stated: stated.join(' ') });
    }
    await pinStated(phase.statedAnchor);
  };
  /** The words were compared with those of this anchor, so this one is pinned and no other. */
  const pinStated = async (anchor: string): Promise<void> => {
    const { application: confirmed } = await store.update((present) => {
      const { application } = present;
      if (application?.phase.kind !== 'unconfirmed' || application.phase.statedAnchor !== anchor) {
        throw nothingTo('confirm');
      }
      return { ...present, application: pinned(application, anchor, clock.now()) };
    });
    if (confirmed !== null) board.confirmed(confirmed.startedAt);
    driver.wake();
  };

  const cancel = async (): Promise<void> => {
    await driver.breakOff();
    const { application } = store.get();
    try {
      await store.update((present) => {
        // It may have become a member while it was broken off.
        if (present.application === null) throw nothingTo('cancel');
        const isEnvironments = present.application.order.from === 'environment';
        const environmentOrder = isEnvironments ? declined(present.environmentOrder) : present.environmentOrder;
        return { ...present, application: null, environmentOrder };
      });
      // A member that was joining again keeps its record.
      if (application !== null) board.forget(application.startedAt);
    } catch (error) {
      // The application is still there: it goes on.
      driver.wake();
      throw error;
    }
  };

  const retry = async (): Promise<void> => {
    await store.update((present) => {
      const phase = present.application && dueNow(present.application.phase, clock.now());
      return phase && present.application ? { ...present, application: { ...present.application, phase } } : present;
    });
    driver.wake();
  };

  return {
    async join(link) {
      const order = orderOfLink(link);
      refuseOtherTier(options, order);
      await begin(order, refuseMemberOrRunning);
    },
    async joinAddress(typed) {
      const order = orderOfAddress(typed);
      const words = wordsOfPerson(typed);
      refuseOtherTier(options, order);
      await begin(order, refuseMemberOrRunning, words);
    },
    async joinFromEnvironment(environment) {
      const { hive } = store.get();
      if (hive !== null && hive.ended === null) return heedAsMember(environment, hive, options);
      if (isDeclined(store.get(), environment)) return sayDeclined(environment, options);
      refuseOtherTier(options, environment.order);
      expectedWords = environment.anchorWords;
      const otherAnchor = await otherPinnedAnchor(environment, store.get(), options.wordsOf);
      const before = store.get().application;
      const { application: asked } = await store.update((present) => {
        if (!isNewJoin(present, environment, otherAnchor)) return present;
        const application = newApplication(environment.order, present.application, clock.now());
        return { ...present, application, environmentOrder: takenOrder(environment) };
      });
      if (asked !== null && asked.startedAt !== before?.startedAt) board.begin(asked);
      driver.wake();
    },
    move: async (parent) => begin(orderOfMove(parent, store.get()), refuseRunning),
    confirm,
    retry,
    cancel,
    async resume() {
      const { application } = store.get();
      if (application !== null && board.view() === null) board.resume(application);
      driver.start();
    },
    async stop() {
      endStoreWatch();
      await driver.stop();
      await finishing;
    },
    view() {
      const { application } = store.get();
      return application === null ? null : applicationView(application, words.get);
    },
    progress: () => board.view(),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    challengeAnswer(enrolmentId) {
      const answer = driver.openAnswer();
      return answer?.enrolment_id === enrolmentId ? answer : null;
    },
  };
}

/** `startedAt` tells applications apart, so two in the same millisecond get two times. */
function newApplication(order: JoinOrder, before: Application | null, nowMs: number): Application {
  const phase = order.anchor === null ? unconfirmedEnrolment : newEnrolment;
  return { order, phase, startedAt: before === null ? nowMs : Math.max(nowMs, before.startedAt + 1), words: null };
}

function refuseMember({ hive }: Membership): void {
  if (hive !== null && hive.ended === null) throw new FailureError({ kind: 'already-joined', anchor: hive.anchor });
}

function refuseMemberOrRunning(present: Membership): void {
  refuseMember(present);
  refuseRunning(present);
}

function refuseRunning({ application }: Membership): void {
  if (application !== null && application.phase.kind !== 'failed') throw new FailureError({ kind: 'join-running' });
}

/** A node changes its hive only when a person says so; what it is told at each start is no reason to stop it. */
async function heedAsMember(
  environment: EnvironmentOrder,
  hive: HiveRecord,
  { store, wordsOf, log }: ApplicantOptions,
): Promise<void> {
  if (!(await namesOtherHive(environment, hive, wordsOf))) {
    // However it was joined: who leaves this hive leaves what the environment says of it as well.
    const taken = takenOrder(environment);
    await store.update((present) =>
      isDeepStrictEqual(present.environmentOrder, taken) ? present : { ...present, environmentOrder: taken },
    );
    return;
  }
  const { sourceName } = environment;
  log.warn(
    { sourceName },
    `${sourceName} names another hive than the one that this node is a member of, and is ignored. To change, leave that first (\`nunba-node leave\`).`,
  );
}

function sayDeclined({ sourceName }: EnvironmentOrder, { log }: ApplicantOptions): void {
  log.info({ sourceName }, `${sourceName} names what a person has left or cancelled on this node, and is ignored.`);
}

function refuseOtherTier({ tier }: ApplicantOptions, order: JoinOrder): void {
  if (tier === null || tier === order.tier) return;
  throw new FailureError({ kind: 'tier-contradiction', folderTier: tier, askedTier: order.tier });
}

function orderOfLink(text: string): JoinOrder {
  const reading = readJoinLink(text);
  if (reading.kind === 'refused') {
    throw new FailureError({ kind: 'link-invalid', defect: reading.defect, reason: linkDefects[reading.defect] });
  }
  return linkOrder(reading.link, 'link');
}

/** Another parent of the hive that this node is in; no invite is needed, its certificate speaks for it. */
function orderOfMove({ url, tls }: Parent, { hive }: Membership): JoinOrder {
  if (hive === null) throw new FailureError({ kind: 'not-joined', what: 'renew' });
  const { anchor, tier, hiveName } = hive;
  return { issuer: { url, pin: tls ?? null }, anchor, tier, hiveName, invite: null, from: 'move' };
}

const nothingTo = (what: 'confirm' | 'cancel'): FailureError => new FailureError({ kind: 'not-joined', what });

const nothingStated = (): FailureError =>
  new FailureError({
    kind: 'hive-refused',
    of: 'refused',
    code: 'unconfirmed',
    sentence: notStated,
  });
