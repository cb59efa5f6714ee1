import { describeError } from '../../protocol/describe-error.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { furthestClockMs } from '../../protocol/trust/judge-challenge.ts';
import type { HiveTime } from '../hive-time.ts';
import type { Membership } from './membership-record.ts';
import type { MembershipStore } from './membership-store.ts';

/** What a hive time is made of. */
export interface HiveTimeOptions {
  readonly store: MembershipStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

type KeptTime = Membership['hiveTime'];

/** Smaller differences are the time that an answer takes, ms. */
const noticedMs = 2_000;
/** The stored offset may be this much behind, ms: requests may be 5 min off. */
const offsetToleranceMs = 30_000;
/** The stored floor may be this much behind, ms. */
const floorToleranceMs = 60 * 60_000;

/**
 * Hive time that survives restarts; written rarely. What somebody else stores (a leave clears it) is taken over. Nothing
 * that an issuer states moves it further than `furthestClockMs` from this computer's clock.
 */
export function createKeptHiveTime({ store, clock, log }: HiveTimeOptions): HiveTime {
  let stored: KeptTime = store.get().hiveTime;
  let present: KeptTime = stored;

  store.onChange(() => {
    const found = store.get().hiveTime;
    if (isSame(found, stored)) return;
    stored = found;
    present = found;
  });

  const keep = (next: KeptTime): void => {
    present = next;
    const isNear =
      Math.abs(next.offsetMs - stored.offsetMs) <= offsetToleranceMs &&
      next.floorMs - stored.floorMs <= floorToleranceMs;
    if (isNear) return;
    stored = next;
    store
      .update((membership) => ({ ...membership, hiveTime: next }))
      .catch((error: unknown) => log.error({ error: describeError(error) }, 'Could not store the time of the hive.'));
  };

  return {
    now: () => Math.max(clock.now() + present.offsetMs, present.floorMs),
    offsetMs: () => present.offsetMs,
    learn(theirMs) {
      const difference = theirMs - clock.now();
      if (Math.abs(difference) > furthestClockMs) {
        log.warn(
          { offsetMs: difference },
          'An issuer states a time too far from this computer’s clock; it is not taken.',
        );
        return;
      }
      const offsetMs = Math.abs(difference) < noticedMs ? 0 : difference;
      if (Math.abs(offsetMs) > offsetToleranceMs) {
        log.warn({ offsetMs }, 'The clock of this computer differs from that of the hive.');
      }
      keep({ ...present, offsetMs });
    },
    saw(issuedAtMs) {
      if (issuedAtMs > clock.now() + furthestClockMs) return;
      if (issuedAtMs > present.floorMs) keep({ ...present, floorMs: issuedAtMs });
    },
  };
}

const isSame = (a: KeptTime, b: KeptTime): boolean => a.offsetMs === b.offsetMs && a.floorMs === b.floorMs;
