import { isFinalDefect, isFinalRefusal } from './enrolment-finality.ts';

/** Why an enrolment stands still. `defect`: what the issuer showed was refused here. */
export type EnrolmentObstacle =
  | { readonly kind: 'unreachable'; readonly cause: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly sentence: string }
  | { readonly kind: 'defect'; readonly defect: string };

/** Where the applicant stands (protocol.md, section 3). Times in ms since the epoch, by its own clock. */
export type EnrolmentState =
  | ({ readonly kind: 'unconfirmed'; readonly statedAnchor: string | null } & Tries)
  | ({ readonly kind: 'applying'; readonly clientNonce: string | null } & Tries)
  | {
      readonly kind: 'pending';
      readonly enrolmentId: string;
      readonly since: number;
      readonly nextPollAt: number;
      readonly tries: number;
      readonly obstacle: EnrolmentObstacle | null;
    }
  | { readonly kind: 'failed'; readonly at: number; readonly obstacle: EnrolmentObstacle }
  | { readonly kind: 'member' };

interface Tries {
  /** `null`: now. */
  readonly nextTryAt: number | null;
  /** In a row that did not work. */
  readonly tries: number;
  readonly obstacle: EnrolmentObstacle | null;
}

/** What happened. */
export type EnrolmentEvent =
  /** The issuer was asked who it is, and named its anchor. */
  | { readonly kind: 'stated'; readonly anchor: string }
  /** A person, or the environment, has said that the stated anchor is the right one. */
  | { readonly kind: 'confirmed' }
  /** A request to register is about to leave. */
  | { readonly kind: 'began'; readonly clientNonce: string }
  /** A steward decides. */
  | { readonly kind: 'pending'; readonly enrolmentId: string; readonly pollAfterSeconds: number }
  /** A request did not lead on. `status`: of HTTP, 0 if there was no answer. */
  | {
      readonly kind: 'hindered';
      readonly obstacle: EnrolmentObstacle;
      readonly status: number;
      readonly retryAfterSeconds: number | null;
    }
  /** The certificate was judged and is this node's. */
  | { readonly kind: 'issued' };

/** What comes next. */
export type EnrolmentStep =
  | { readonly kind: 'ask-anchor' }
  /** `clientNonce` `null`: a new one is to be made, and `began` told, first. */
  | { readonly kind: 'register'; readonly clientNonce: string | null }
  | { readonly kind: 'poll'; readonly enrolmentId: string }
  | { readonly kind: 'wait'; readonly untilMs: number }
  /** Nothing happens by itself: a person is asked, or it is over. */
  | { readonly kind: 'rest' };

/** What time and chance it is. */
export interface EnrolmentMoment {
  readonly nowMs: number;
  /** 0 <= x < 1, for the jitter. */
  readonly random: number;
}

/** Where every enrolment with a pinned anchor begins. */
export const newEnrolment: Extract<EnrolmentState, { kind: 'applying' }> = {
  kind: 'applying',
  nextTryAt: null,
  tries: 0,
  obstacle: null,
  clientNonce: null,
};
/** Where one begins that nobody has said an anchor for. */
export const unconfirmedEnrolment: Extract<EnrolmentState, { kind: 'unconfirmed' }> = {
  kind: 'unconfirmed',
  statedAnchor: null,
  nextTryAt: null,
  tries: 0,
  obstacle: null,
};

const firstBackOffMs = 60_000;
const longestBackOffMs = 60 * 60_000;
/** An issuer cannot put a node off for longer, ms. */
const longestRetryAfterMs = 24 * 60 * 60_000;

/**
 * How long to wait after so many tries in a row that did not work, ms: 1 min doubling to 1 h, -20..0 %, and never less
 * than `Retry-After` says, which counts up to a day.
 */
export function enrolmentBackOffMs(tries: number, retryAfterSeconds: number | null, random: number): number {
  const doubled = Math.min(firstBackOffMs * 2 ** Math.min(Math.max(0, tries - 1), 20), longestBackOffMs);
  const asked = Math.min((retryAfterSeconds ?? 0) * 1000, longestRetryAfterMs);
  return Math.round(Math.max(doubled * (1 - 0.2 * random), asked * (1 + 0.05 * random)));
}

/** What to do in this state. */
export function nextEnrolmentStep(state: EnrolmentState, nowMs: number): EnrolmentStep {
  switch (state.kind) {
    case 'unconfirmed':
      return state.statedAnchor === null ? dueAt(state.nextTryAt, nowMs, { kind: 'ask-anchor' }) : { kind: 'rest' };
    case 'applying':
      return dueAt(state.nextTryAt, nowMs, { kind: 'register', clientNonce: state.clientNonce });
    case 'pending':
      return dueAt(state.nextPollAt, nowMs, { kind: 'poll', enrolmentId: state.enrolmentId });
    case 'failed':
    case 'member':
      return { kind: 'rest' };
  }
}

/** The state with its next try due now: a person does not want to wait. `null`: nothing waits. */
export function dueNow<State extends EnrolmentState>(state: State, nowMs: number): State | null {
  if (state.kind === 'pending') return { ...state, nextPollAt: nowMs };
  return 'nextTryAt' in state && state.nextTryAt !== null ? { ...state, nextTryAt: null } : null;
}

/** The clock may have been put back: no wait is longer than any that is ever set. */
function dueAt(at: number | null, nowMs: number, step: EnrolmentStep): EnrolmentStep {
  const isFar = at !== null && at - nowMs > 2 * longestRetryAfterMs;
  return at === null || at <= nowMs || isFar ? step : { kind: 'wait', untilMs: at };
}

/** The state after an event; the same object where the event says nothing to it. */
export function advanceEnrolment(
  state: EnrolmentState,
  event: EnrolmentEvent,
  moment: EnrolmentMoment,
): EnrolmentState {
  switch (state.kind) {
    case 'unconfirmed':
      return fromUnconfirmed(state, event, moment);
    case 'applying':
    case 'pending':
      return fromUnderway(state, event, moment);
    case 'failed':
    case 'member':
      return state;
  }
}

type Unconfirmed = Extract<EnrolmentState, { kind: 'unconfirmed' }>;
type Underway = Extract<EnrolmentState, { kind: 'applying' | 'pending' }>;
type Hindered = Extract<EnrolmentEvent, { kind: 'hindered' }>;

function fromUnconfirmed(state: Unconfirmed, event: EnrolmentEvent, moment: EnrolmentMoment): EnrolmentState {
  if (event.kind === 'stated')
    return { ...state, statedAnchor: event.anchor, nextTryAt: null, tries: 0, obstacle: null };
  if (event.kind === 'confirmed' && state.statedAnchor !== null) return newEnrolment;
  if (event.kind !== 'hindered') return state;
  if (isFinal(event)) return { kind: 'failed', at: moment.nowMs, obstacle: event.obstacle };
  return { ...state, ...triedAgain(state.tries, event, moment) };
}

function fromUnderway(state: Underway, event: EnrolmentEvent, moment: EnrolmentMoment): EnrolmentState {
  switch (event.kind) {
    case 'stated':
    case 'confirmed':
      return state;
    case 'began':
      return state.kind === 'applying' ? { ...state, nextTryAt: null, clientNonce: event.clientNonce } : state;
    case 'pending':
      return pendingAgain(state, event, moment);
    case 'hindered':
      return hindered(state, event, moment);
    case 'issued':
      return { kind: 'member' };
  }
}

function pendingAgain(
  state: Underway,
  event: Extract<EnrolmentEvent, { kind: 'pending' }>,
  { nowMs, random }: EnrolmentMoment,
): EnrolmentState {
  return {
    kind: 'pending',
    enrolmentId: event.enrolmentId,
    since: state.kind === 'pending' ? state.since : nowMs,
    nextPollAt: nowMs + Math.round(event.pollAfterSeconds * 1000 * (1 + 0.1 * random)),
    tries: 0,
    obstacle: null,
  };
}

/** The issuer knows nothing of what this node waits for: it begins anew. */
const forgotten: readonly string[] = ['unknown-enrolment', 'challenge-ended'];

function hindered(state: Underway, event: Hindered, moment: EnrolmentMoment): EnrolmentState {
  const { obstacle } = event;
  if (isFinal(event)) return { kind: 'failed', at: moment.nowMs, obstacle };
  const again = triedAgain(state.tries, event, moment);
  const isForgotten = obstacle.kind === 'refused' && forgotten.includes(obstacle.reason);
  // What got no answer may have arrived: the same is asked again.
  const clientNonce = state.kind === 'applying' && obstacle.kind === 'unreachable' ? state.clientNonce : null;
  if (state.kind === 'applying' || isForgotten) return { kind: 'applying', clientNonce, ...again };
  return { ...state, nextPollAt: again.nextTryAt ?? moment.nowMs, tries: again.tries, obstacle };
}

function triedAgain(triesBefore: number, event: Hindered, { nowMs, random }: EnrolmentMoment): Tries {
  const tries = triesBefore + 1;
  return {
    nextTryAt: nowMs + enrolmentBackOffMs(tries, event.retryAfterSeconds, random),
    tries,
    obstacle: event.obstacle,
  };
}

function isFinal({ obstacle, status }: Hindered): boolean {
  switch (obstacle.kind) {
    case 'unreachable':
      return false;
    case 'refused':
      return isFinalRefusal(obstacle.reason, status);
    case 'defect':
      return isFinalDefect(obstacle.defect);
  }
}
