import { createSeededIdentity } from '../doubles/trust/identity.ts';
import { type TestApplicant, until } from './applicant.ts';

/** Where the applicants of tests look for their hive. */
export const centralUrl = 'https://central.test:6776';
/** The key of an applicant that is given none. */
export const applicantKey = createSeededIdentity('applicant').publicKey;
/** As a desk sees that applicant: from its own machine. */
export const nearby = { publicKey: applicantKey };
/** And from elsewhere. */
export const faraway = { ...nearby, address: '203.0.113.9', isLoopback: false };

/** Waits until an applicant is a member. */
export const isMember = ({ store }: TestApplicant): Promise<void> => until(store, () => store.get().hive !== null);

/** Waits until its application is in a phase. */
export const isIn = ({ store }: TestApplicant, phase: string): Promise<void> =>
  until(store, () => store.get().application?.phase.kind === phase);
