import type { TrustView } from '../../../node-core/api/trust-views.ts';

/** A node's place in a hive, as `trust.watch` tells it. */
export type Membership = NonNullable<TrustView['membership']>;
/** A join that is not done. */
export type Application = NonNullable<TrustView['application']>;

/** Times of a membership are the hive's; this is the same moment by this computer's clock, ms since the epoch. */
export const ownTime = (hiveTime: number, { clockOffsetMs }: Pick<Membership, 'clockOffsetMs'>): number =>
  hiveTime - clockOffsetMs;

/** Host of an address, with its port where it has one; an address that is none stands for itself. */
export const hostOf = (url: string): string => URL.parse(url)?.host || url;
