import { failureOf } from '../api/failures.ts';

/** Whether a secret could not be reached because the person has to unlock it first. */
export const isLocked = (error: unknown): boolean => failureOf(error)?.kind === 'keys-locked';
