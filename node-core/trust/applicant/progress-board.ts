import type { JoinStepName, TrustView } from '../../api/trust-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Application } from '../membership/membership-record.ts';
import {
  broken,
  goneOn,
  type JoinProgress,
  newProgress,
  passed,
  progressView,
  resumedProgress,
  type StepOutcome,
} from './join-progress.ts';

/**
 * Holds the progress of the last join of this run. `join`: `startedAt` of its application; what is told of another one
 * than the last counts for nothing. A move inside a hive is no join, and nothing is held of it.
 */
export interface ProgressBoard {
  view(): TrustView['join'];
  begin(application: Application): void;
  /** Shows what was begun before the last end of the process. */
  resume(application: Application): void;
  passed(join: number, step: JoinStepName, outcome?: StepOutcome): void;
  /** A person, or the environment, has said that the stated anchor is the right one. */
  confirmed(join: number): void;
  /** It has ended at the step that runs. */
  failed(join: number): void;
  /** Nothing is shown any more. `null`: whatever it is. */
  forget(join: number | null): void;
}

/** @param onChange told after each change */
export function createProgressBoard(
  clock: Pick<Clock, 'elapsed'>,
  keysReadyMs: number,
  onChange: () => void,
): ProgressBoard {
  let present: JoinProgress | null = null;
  const show = (next: JoinProgress | null): void => {
    if (next === present) return;
    present = next;
    onChange();
  };
  const change = (join: number, next: (progress: JoinProgress) => JoinProgress | null): void => {
    if (present?.startedAt === join) show(next(present));
  };
  const isMove = ({ order }: Application): boolean => order.from === 'move';
  return {
    view: () => present && progressView(present),
    begin(application) {
      if (!isMove(application)) show(newProgress(application, keysReadyMs, clock.elapsed()));
    },
    resume(application) {
      if (!isMove(application)) show(resumedProgress(application, keysReadyMs, clock.elapsed()));
    },
    passed(join, step, outcome = 'done') {
      change(join, (progress) => passed(progress, step, { outcome, now: clock.elapsed() }));
    },
    confirmed(join) {
      change(join, (progress) => goneOn(progress, clock.elapsed()));
    },
    failed(join) {
      change(join, broken);
    },
    forget(join) {
      if (join === null || present?.startedAt === join) show(null);
    },
  };
}
