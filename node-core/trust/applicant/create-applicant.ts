import { FailureError } from '../../api/failures.ts';
import type { Applicant, ApplicantOptions } from './applicant.ts';

/** Makes the applicant; it does nothing before `resume`. */
export function createApplicant(options: ApplicantOptions): Applicant {
  const nothing = (what: 'confirm' | 'cancel'): Promise<void> =>
    Promise.reject(new FailureError({ kind: 'not-joined', what }));
  return {
    join: async () => undefined,
    joinFromEnvironment: async () => undefined,
    move: async () => undefined,
    confirm: () => nothing('confirm'),
    cancel: () => nothing('cancel'),
    resume: async () => undefined,
    stop: async () => undefined,
    view: () => null,
    onChange: (listener) => options.store.onChange(listener),
    challengeAnswer: () => null,
  };
}
