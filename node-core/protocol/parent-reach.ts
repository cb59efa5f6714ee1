/**
 * Whether a parent counts as heard, in a way that does not flap: one that answers now and then shows one steady state.
 * Pure; times are ms of one clock.
 */

/** Older than this, an answer says nothing of the present (interface.md, `healthy`), ms. */
const heardForMs = 90_000;
/** Silence has to last this long on top before it counts (interface.md, Health), ms. */
const silenceShownAfterMs = 10_000;
/** Who was silent counts as heard again after so many answers in a row. */
const answersToReturn = 2;

/** What is remembered of asking a parent. */
export interface ParentReach {
  readonly answeredAt: number | null;
  readonly askedAt: number | null;
  /** The first of the tries that failed since the last answer. */
  readonly failingSince: number | null;
  readonly answersInRow: number;
  readonly silentSince: number | null;
}

/** What happened: an answer, a try without one, or just time. */
export type ReachEvent = 'answered' | 'unanswered' | 'time';

/** @param answeredAt known from the run before, or `null` */
export const newReach = (answeredAt: number | null): ParentReach => ({
  answeredAt,
  askedAt: null,
  failingSince: null,
  answersInRow: 0,
  silentSince: null,
});

/** The same object where nothing changed. */
export function advanceReach(reach: ParentReach, event: ReachEvent, at: number): ParentReach {
  switch (event) {
    case 'answered': {
      const answersInRow = reach.answersInRow + 1;
      const silentSince = answersInRow >= answersToReturn ? null : reach.silentSince;
      return { answeredAt: at, askedAt: at, failingSince: null, answersInRow, silentSince };
    }
    case 'unanswered':
      return fallSilent(
        { ...reach, askedAt: at, failingSince: Math.min(reach.failingSince ?? at, at), answersInRow: 0 },
        at,
      );
    case 'time':
      return fallSilent(reach, at);
  }
}

/** Whether the last answer is recent enough to speak for the present. One of the future is none: the clock was set. */
export const isHeard = (answeredAt: number | null, now: number): boolean =>
  answeredAt !== null && Math.abs(now - answeredAt) <= heardForMs + silenceShownAfterMs;

function fallSilent(reach: ParentReach, now: number): ParentReach {
  const { silentSince, failingSince, answeredAt } = reach;
  if (silentSince !== null || failingSince === null) return reach;
  if (isHeard(answeredAt, now) || now - failingSince < silenceShownAfterMs) return reach;
  return { ...reach, silentSince: failingSince };
}
