import type { z } from 'zod';
import type { failureSchema } from './failure-schema.ts';

/** As `failureSchema` says, which is loaded where failures come from outside. */
export type Failure = z.infer<typeof failureSchema>;

/** Carries a Failure to the person. Thrown by services; anything else thrown is a bug. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** The failure an error carries, or `null` if the error is a bug. */
export function failureOf(error: unknown): Failure | null {
  return error instanceof FailureError ? error.failure : null;
}
