import type { TrustView } from '../../../node-core/api/trust-views.ts';

/** A node's place in a hive, as `trust.watch` tells it. */
export type Membership = NonNullable<TrustView['membership']>;
/** A join that is not done. */
export type Application = NonNullable<TrustView['application']>;

/** Host of an address, with its port where it has one; an address that is none stands for itself. */
export const hostOf = (url: string): string => URL.parse(url)?.host || url;
