/** How often the node says that it is alive, ms. */
export const heartbeatMs = 2_000;
/** How often the shell looks whether the node still does, ms. */
export const lookMs = 1_000;

/** A node that was silent for so long, while this computer was awake, hangs; ms. */
const silenceMs = 10_000;
/** A node that is neither ready nor says why within this time hangs; ms. Long, because a large database may be moved on. */
const startTimeoutMs = 120_000;
/** After this computer has woken up, everything is slow for a while; ms. */
const graceMs = 30_000;
/** Between two looks this much time passes only while this computer, or this process, sleeps; ms. */
const sleepMs = 5_000;

/** A moment on both clocks, ms. The monotonic one may or may not stand still while the computer sleeps. */
export interface Moment {
  readonly elapsed: number;
  readonly wall: number;
}

/** What is known of the node's heartbeat. Times are on the monotonic clock. */
export interface Heartbeat {
  readonly lastBeat: number;
  readonly lastLook: Moment;
  /** Nothing counts as silence before. */
  readonly graceUntil: number;
  readonly isAsleep: boolean;
}

export type HeartbeatEvent = 'beat' | 'suspend' | 'resume' | 'look';

/** The heartbeat of a node that has just become ready. */
export function firstHeartbeat(now: Moment): Heartbeat {
  return { lastBeat: now.elapsed, lastLook: now, graceUntil: now.elapsed, isAsleep: false };
}

/** What is known after `event`. A gap between two looks is sleep that the system did not announce. */
export function followHeartbeat(heart: Heartbeat, event: HeartbeatEvent, now: Moment): Heartbeat {
  switch (event) {
    case 'beat':
      return { ...heart, lastBeat: now.elapsed };
    case 'suspend':
      return { ...heart, isAsleep: true };
    case 'resume':
      return { ...heart, lastLook: now, graceUntil: now.elapsed + graceMs, isAsleep: false };
    case 'look': {
      const slept = Math.max(now.elapsed - heart.lastLook.elapsed, now.wall - heart.lastLook.wall) > sleepMs;
      if (!slept) return { ...heart, lastLook: now };
      return { ...heart, lastLook: now, graceUntil: now.elapsed + graceMs, isAsleep: false };
    }
  }
}

/** Whether the node hangs: awake, without grace, and silent for 10 s. */
export function isHung(heart: Heartbeat, now: Moment): boolean {
  return !heart.isAsleep && now.elapsed >= heart.graceUntil && now.elapsed - heart.lastBeat >= silenceMs;
}

/** What is known of a node that is starting, after `event`: when this computer slept, it has all its time anew. */
export function followStart(heart: Heartbeat, event: HeartbeatEvent, now: Moment): Heartbeat {
  const next = followHeartbeat(heart, event, now);
  return next.graceUntil === heart.graceUntil ? next : firstHeartbeat(now);
}

/** Whether a start hangs: awake, and neither ready nor failed for 120 s. */
export function isStartHung(heart: Heartbeat, now: Moment): boolean {
  return !heart.isAsleep && now.elapsed - heart.lastBeat >= startTimeoutMs;
}
