import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { type Due, judgeDue } from './due-runs.ts';
import { nextRuns } from './next-runs.ts';
import type { StoredSchedule } from './schedule-store.ts';

/** Longest wait before the wall clock is looked at again, ms: it may jump, and a computer may have slept. */
const lookAgainMs = 30_000;

/** What the scheduler works with. */
export interface SchedulerWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly schedules: () => readonly StoredSchedule[];
  /** Runs it, or keeps that it was missed. Resolves when the run has begun. */
  readonly due: (schedule: StoredSchedule, due: Exclude<Due, { kind: 'wait' }>) => Promise<void>;
  /** Keeps when it is next; durable when it resolves. `lastAt` `null`: as it was. */
  readonly move: (id: string, nextAt: number | null, lastAt: number | null) => Promise<void>;
}

/** Finds the schedules that are due, by the wall clock. Keeps no timer while there is none to wait for. */
export class Scheduler {
  readonly #world: SchedulerWorld;
  #timer: Timer | null = null;
  #isLooking = false;
  #isStopped = true;

  constructor(world: SchedulerWorld) {
    this.#world = world;
  }

  /** From now on, what is due runs; what went by before is run or missed, as its schedule says. */
  async start(): Promise<void> {
    this.#isStopped = false;
    await this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  /** A schedule was made, changed or ended. */
  changed(): void {
    if (!this.#isStopped && !this.#isLooking) this.#wait();
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    let hasFailed = false;
    for (const { id } of this.#world.schedules()) {
      // It may have been paused or ended while another one began.
      const schedule = this.#world.schedules().find((each) => each.id === id);
      if (this.#isStopped || !schedule || schedule.isPaused) continue;
      try {
        await this.#judge(schedule);
      } catch (error) {
        // A full disk, or a zone that is none here: the others run all the same.
        hasFailed = true;
        this.#world.log.error({ error, schedule: id }, 'A schedule could not be looked at.');
      }
    }
    this.#isLooking = false;
    if (!this.#isStopped) this.#wait(hasFailed ? lookAgainMs : 0);
  }

  async #judge(schedule: StoredSchedule): Promise<void> {
    const { clock, due, move } = this.#world;
    const now = clock.now();
    const verdict = judgeDue(schedule.nextAt, schedule.missed, now);
    if (verdict.kind !== 'wait') {
      // Kept first: a run that brings the program down must not begin again and again.
      await move(schedule.id, nextRuns(schedule, now, 1)[0] ?? null, verdict.plannedAt);
      await due(schedule, verdict);
      return;
    }
    const sooner = nextRuns(schedule, Math.max(now, schedule.lastAt ?? 0), 1)[0];
    // The clock was set back: what was planned by the wrong time would come too late.
    if (sooner !== undefined && schedule.nextAt !== null && sooner < schedule.nextAt)
      await move(schedule.id, sooner, null);
  }

  /** @param leastMs what failed is not tried again before; ms */
  #wait(leastMs = 0): void {
    this.#timer?.cancel();
    this.#timer = null;
    const next = this.#world
      .schedules()
      .flatMap(({ isPaused, nextAt }) => (isPaused || nextAt === null ? [] : [nextAt]))
      .sort((a, b) => a - b)[0];
    if (next === undefined) return;
    const delayMs = Math.min(Math.max(next - this.#world.clock.now(), leastMs), lookAgainMs);
    this.#timer = this.#world.clock.after(delayMs, () => void this.#look());
  }
}
