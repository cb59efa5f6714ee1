import { type JoinStepName, joinStepNames, type TrustView } from '../../api/trust-views.ts';
import type { Application } from '../membership/membership-record.ts';

type ProgressView = NonNullable<TrustView['join']>;
type StepState = ProgressView['steps'][number]['state'];

/** A join, step by step. Times of steps are of the monotonic clock, ms. */
export interface JoinProgress {
  readonly at: string;
  readonly hiveName: string | null;
  /** When the application began, ms since the epoch; it tells applications apart. */
  readonly startedAt: number;
  readonly steps: readonly JoinStep[];
}

interface JoinStep {
  readonly name: JoinStepName;
  readonly state: StepState;
  /** `null`: it has not begun, or it began before the last start of the process. */
  readonly since: number | null;
  readonly tookMs: number | null;
}

/** What a step came to. `waiting`: nothing was wrong, and what it waits for comes later or never. */
export type StepOutcome = Extract<StepState, 'done' | 'failed' | 'waiting'>;

/** A join that begins: the keys are ready, and its issuer is being asked. @param keysReadyMs how long the keys took */
export function newProgress(application: Application, keysReadyMs: number, now: number): JoinProgress {
  return passed(progressFrom(application, now, 0), 'keys-ready', { outcome: 'done', now: now + keysReadyMs }, now);
}

/**
 * A join that goes on after a restart: nobody knows how long the steps before took. `null`: it has ended, and which of
 * its steps failed is not kept.
 */
export function resumedProgress(application: Application, keysReadyMs: number, now: number): JoinProgress | null {
  const { phase } = application;
  switch (phase.kind) {
    case 'failed':
      return null;
    case 'pending':
      // Its time would leave out what the last process waited, so it has none.
      return progressFrom(application, null, joinStepNames.indexOf('certificate-received'));
    case 'unconfirmed':
      if (phase.statedAnchor !== null) return progressFrom(application, now, joinStepNames.indexOf('issuer-proved'));
      return newProgress(application, keysReadyMs, now);
    case 'applying':
      return newProgress(application, keysReadyMs, now);
  }
}

function progressFrom({ order, startedAt }: Application, since: number | null, doneSteps: number): JoinProgress {
  const steps = joinStepNames.map((name, place): JoinStep => {
    const state = place < doneSteps ? 'done' : place === doneSteps ? 'running' : 'waiting';
    return { name, state, since: state === 'running' ? since : null, tookMs: null };
  });
  return { at: order.issuer.url, hiveName: order.hiveName, startedAt, steps };
}

/**
 * The progress after a step, with the next one running. A step that is done stays done: what is asked again after a
 * failure has no second time. @param nextSince when the next step began; by default now
 */
export function passed(
  progress: JoinProgress,
  name: JoinStepName,
  { outcome, now }: { readonly outcome: StepOutcome; readonly now: number },
  nextSince = now,
): JoinProgress {
  const step = progress.steps.find((each) => each.name === name);
  if (step === undefined || step.state === 'done') return progress;
  const tookMs = outcome === 'done' && step.since !== null ? Math.max(0, now - step.since) : null;
  const after = { ...step, state: outcome, tookMs };
  const steps = progress.steps.map((each) => (each.name === name ? after : each));
  return { ...progress, steps: withNext(steps, name, nextSince) };
}

/** The steps with the one after `name` begun, unless one runs, or that one is over. */
function withNext(steps: readonly JoinStep[], name: JoinStepName, now: number): readonly JoinStep[] {
  if (steps.some(({ state }) => state === 'running')) return steps;
  const next = joinStepNames[joinStepNames.indexOf(name) + 1];
  return steps.map((each) =>
    each.name === next && each.state === 'waiting' ? { ...each, state: 'running', since: now } : each,
  );
}

/** The progress of a join that has ended at the step that ran. */
export const broken = (progress: JoinProgress): JoinProgress => ({
  ...progress,
  steps: progress.steps.map((each) => (each.state === 'running' ? { ...each, state: 'failed' } : each)),
});

/** The progress when a person has answered: what they took for it is no time of the step that runs. */
export const goneOn = (progress: JoinProgress, now: number): JoinProgress => ({
  ...progress,
  steps: progress.steps.map((each) => (each.state === 'running' ? { ...each, since: now } : each)),
});

/** The progress as people see it. */
export const progressView = ({ at, hiveName, startedAt, steps }: JoinProgress): ProgressView => ({
  at,
  hiveName,
  startedAt,
  steps: steps.map(({ name, state, tookMs }) => ({ name, state, tookMs })),
});
