import type { z } from 'zod';
import { type TestReport, type testFixSchema, testProblemSchema, testStepNames } from '../../api/model-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';

export type TestProblem = z.infer<typeof testProblemSchema>;
export type TestFix = z.infer<typeof testFixSchema>;
export type TestStepName = (typeof testStepNames)[number];
type StepState = TestReport['steps'][number];

/** Ends a test: what was found, what would mend it, and at which step if not at the present one. */
export class TestEnd extends Error {
  readonly problem: TestProblem;
  readonly fix: TestFix;
  readonly step: TestStepName | null;

  constructor(problem: TestProblem, fix: TestFix, step: TestStepName | null = null) {
    super(problem.kind);
    this.name = 'TestEnd';
    this.problem = problem;
    this.fix = fix;
    this.step = step;
  }
}

/** Keeps the record of a test: which steps were taken, how long each took, where it ended. */
export class TestSteps {
  models: readonly string[] = [];
  readonly #steps = new Map<TestStepName, StepState>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a step. A TestEnd that `work` throws marks it, or the step that it names, as failed. */
  async take<T>(step: TestStepName, work: () => T | Promise<T>): Promise<T> {
    const startedAt = this.#clock.elapsed();
    const mark = (name: TestStepName, state: StepState['state']): void => {
      this.#steps.set(name, { step: name, state, durationMs: Math.max(0, this.#clock.elapsed() - startedAt) });
    };
    try {
      const result = await work();
      mark(step, 'passed');
      return result;
    } catch (error) {
      mark(error instanceof TestEnd ? (error.step ?? step) : step, 'failed');
      throw error;
    }
  }

  /** Marks a step that this address does not have. */
  skip(step: TestStepName): void {
    this.#steps.set(step, { step, state: 'not-needed', durationMs: 0 });
  }

  /** @param end `null`: everything passed */
  report(end: TestEnd | null): TestReport {
    return {
      steps: testStepNames.map((step) => this.#steps.get(step) ?? { step, state: 'not-reached', durationMs: 0 }),
      // The schema of the contract has the limits; a provider's words may be longer.
      problem: end === null ? null : testProblemSchema.parse(end.problem),
      fix: end?.fix ?? null,
      models: [...this.models],
    };
  }
}
