import type { TrustView } from '../node-core/api/trust-views.ts';

type Clock = Pick<NonNullable<TrustView['membership']>, 'clockOffsetMs'>;

/** Times of a membership are the hive's; this is the same moment by this computer's clock, ms since the epoch. */
export const ownTime = (hiveTime: number, { clockOffsetMs }: Clock): number => hiveTime - clockOffsetMs;
