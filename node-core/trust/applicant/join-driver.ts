import { describeError } from '../../protocol/describe-error.ts';
import type { Timer } from '../../protocol/ports/clock.ts';
import type { Issued } from '../../protocol/trust/enrolment.ts';
import {
  advanceEnrolment,
  type EnrolmentEvent,
  type EnrolmentMoment,
  type EnrolmentStep,
  nextEnrolmentStep,
} from '../../protocol/trust/enrolment-machine.ts';
import { readWireTime } from '../../protocol/trust/wire-time.ts';
import { areSameWords } from '../../protocol/trust/words.ts';
import { withHistory } from '../membership/history.ts';
import type { Application, Membership } from '../membership/membership-record.ts';
import type { ApplicantOptions, ChallengeAnswer } from './applicant.ts';
import { defect } from './ask-issuer.ts';
import { becomeMember } from './become-member.ts';
import { askStatedAnchor, type EnrolmentTry, enrolOnce, pollOnce } from './enrol-once.ts';
import type { ProgressBoard } from './progress-board.ts';

/** Carries the stored application on, one step after another. */
export interface JoinDriver {
  /** There may be something to do. Does nothing before `start`. */
  wake(): void;
  start(): void;
  /** Breaks off what runs; resolves when nothing runs any more. `wake` begins anew. */
  breakOff(): Promise<void>;
  stop(): Promise<void>;
  /** Of the challenge that was answered last, while its join is not done. */
  openAnswer(): ChallengeAnswer | null;
}

/** Whom the driver asks, and whom it tells. */
export interface DriverSurroundings {
  /** The environment's four words in place of an anchor, or `null`. */
  expectedWords(): readonly string[] | null;
  readonly board: ProgressBoard;
  /** Told when an application has become a membership, by its `startedAt`. */
  joined(join: number): void;
}

/** When storing fails, the disk may be full: it is tried again after this, ms. */
const storeRetryMs = 60_000;
/** Longest sleep: a computer that slept meanwhile looks again, ms. */
const longestSleepMs = 60_000;

export function createJoinDriver(options: ApplicantOptions, surroundings: DriverSurroundings): JoinDriver {
  const { board } = surroundings;
  const { store, clock, log } = options;
  let isStarted = false;
  let isWanted = false;
  let work: { readonly control: AbortController; readonly done: Promise<void> } | null = null;
  let timer: Timer | null = null;
  let open: ChallengeAnswer | null = null;

  /** Whether it is worth to look again at once. */
  const goOn = async (signal: AbortSignal): Promise<boolean> => {
    const { application } = store.get();
    if (application === null || signal.aborted) return false;
    const step = nextEnrolmentStep(application.phase, clock.now());
    if (step.kind === 'rest') return false;
    if (step.kind === 'wait') {
      timer = clock.after(Math.min(step.untilMs - clock.now(), longestSleepMs), wake);
      return false;
    }
    await perform(step, application, signal);
    return true;
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    do {
      isWanted = false;
      try {
        while (await goOn(signal));
      } catch (error) {
        if (!signal.aborted) {
          log.error({ error: describeError(error) }, 'Joining a hive stopped; it is tried again.');
          timer = clock.after(storeRetryMs, wake);
        }
      }
    } while (isWanted && !signal.aborted);
    work = null;
  };

  const wake = (): void => {
    isWanted = true;
    if (!isStarted || work !== null) return;
    timer?.cancel();
    const control = new AbortController();
    // The first step waits for a turn, so that `work` is set before it could end.
    const done = Promise.resolve().then(() => run(control.signal));
    work = { control, done };
  };

  const tell = async (application: Application, event: EnrolmentEvent, signal: AbortSignal): Promise<void> => {
    const moment = { nowMs: clock.now(), random: options.random() };
    const { application: after } = await store.update((present) =>
      signal.aborted || !isSameJoin(present.application, application)
        ? present
        : advanced(present, present.application, event, moment),
    );
    if (event.kind !== 'hindered') return;
    log.warn(event.obstacle, 'Joining the hive does not go on.');
    if (after?.phase.kind === 'failed') board.failed(after.startedAt);
  };

  const perform = async (step: ActiveStep, application: Application, signal: AbortSignal): Promise<void> => {
    const { order } = application;
    if (step.kind === 'ask-anchor') return askAnchor(application, signal);
    // Nothing is pinned: never so by what this applicant stores.
    if (order.anchor === null) return tell(application, defect('other-anchor'), signal);
    const attempt: EnrolmentTry = {
      options,
      order,
      anchor: order.anchor,
      signal,
      began: (clientNonce) => tell(application, { kind: 'began', clientNonce }, signal),
      opened: (answer) => {
        open = answer;
      },
      passed: (name) => board.passed(application.startedAt, name),
    };
    const outcome = await (step.kind === 'poll'
      ? pollOnce(attempt, step.enrolmentId)
      : enrolOnce(attempt, step.clientNonce));
    return outcome.kind === 'issued' ? join(application, outcome.issued, signal) : tell(application, outcome, signal);
  };

  const askAnchor = async (application: Application, signal: AbortSignal): Promise<void> => {
    const { order, startedAt } = application;
    const outcome = await askStatedAnchor({ options, order, signal, passed: (name) => board.passed(startedAt, name) });
    const words = order.from === 'environment' ? surroundings.expectedWords() : application.words;
    if (outcome.kind === 'hindered' || words === null) return tell(application, outcome, signal);
    if (!areSameWords(await options.wordsOf(outcome.anchor), words)) {
      return tell(application, defect('other-words'), signal);
    }
    await tell(application, outcome, signal);
    await pin(application, outcome.anchor, signal);
  };

  const pin = async (application: Application, anchor: string, signal: AbortSignal): Promise<void> => {
    await store.update((present) =>
      signal.aborted || !isSameJoin(present.application, application)
        ? present
        : { ...present, application: pinned(present.application, anchor, clock.now()) },
    );
  };

  const join = async (application: Application, issued: Issued, signal: AbortSignal): Promise<void> => {
    await store.update((present) =>
      signal.aborted || !isSameJoin(present.application, application)
        ? present
        : becomeMember(present, present.application, issued, options),
    );
    if (store.get().application !== null) return;
    open = null;
    const issuedAt = readWireTime(issued.certificate.issued_at);
    if (issuedAt !== null) options.hiveTime.saw(Math.floor(issuedAt / 1000));
    board.passed(application.startedAt, 'certificate-received');
    if (application.order.from !== 'move') surroundings.joined(application.startedAt);
    log.info({ tier: issued.certificate.tier, serial: issued.certificate.serial }, 'This node is a member of a hive.');
  };

  const breakOff = async (): Promise<void> => {
    timer?.cancel();
    const running = work;
    running?.control.abort();
    await running?.done;
    open = null;
  };

  return {
    wake,
    start() {
      isStarted = true;
      wake();
    },
    breakOff,
    async stop() {
      isStarted = false;
      await breakOff();
    },
    openAnswer: () => open,
  };
}

type ActiveStep = Exclude<EnrolmentStep, { kind: 'wait' | 'rest' }>;

/** The membership after an event of its application; the same object where the event says nothing to it. */
function advanced(
  present: Membership,
  application: Application,
  event: EnrolmentEvent,
  moment: EnrolmentMoment,
): Membership {
  const phase = advanceEnrolment(application.phase, event, moment);
  if (phase === application.phase || phase.kind === 'member') return present;
  const after = { ...present, application: { ...application, phase } };
  if (phase.kind !== 'failed') return after;
  const { order } = application;
  return withHistory(after, { kind: 'join-failed', at: phase.at, order, obstacle: phase.obstacle });
}

/** A person or the environment has said that the stated anchor is the right one. */
export function pinned(application: Application, anchor: string, nowMs: number): Application {
  const phase = advanceEnrolment(application.phase, { kind: 'confirmed' }, { nowMs, random: 0 });
  if (phase.kind !== 'applying') return application;
  return { ...application, order: { ...application.order, anchor }, phase };
}

/** One join at a time, and none begins before the one before has ended: its start names it. */
const isSameJoin = (present: Application | null, known: Application): present is Application =>
  present !== null && present.startedAt === known.startedAt && present.order.issuer.url === known.order.issuer.url;
