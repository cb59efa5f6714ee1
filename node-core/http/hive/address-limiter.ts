import type { Clock } from '../../protocol/ports/clock.ts';

/** How many requests a stranger's address may send. */
export interface AddressLimit {
  /** Tokens that come back in a minute; as many can be spent at once. */
  readonly perMinute: number;
  /** Addresses that are remembered; beyond them the one that was quiet longest is forgotten. */
  readonly mostAddresses: number;
}

/** Counts requests per address: a bucket of tokens for each. */
export interface AddressLimiter {
  /** Takes a token. @returns seconds to wait, or `null` if there was one */
  take(address: string): number | null;
  /** Gives a token back: the caller was a member. */
  giveBack(address: string): void;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Makes a limiter. It lives as long as its listener; a restart begins anew. */
export function createAddressLimiter(clock: Pick<Clock, 'elapsed'>, limit: AddressLimit): AddressLimiter {
  const { perMinute, mostAddresses } = limit;
  const buckets = new Map<string, Bucket>();
  const bucketOf = (address: string): Bucket => {
    const nowMs = clock.elapsed();
    const known = buckets.get(address) ?? { tokens: perMinute, filledAtMs: nowMs };
    const tokens = Math.min(perMinute, known.tokens + ((nowMs - known.filledAtMs) * perMinute) / 60_000);
    const bucket = { tokens, filledAtMs: nowMs };
    // To the end of the map: its first entry is the one that was quiet longest.
    buckets.delete(address);
    buckets.set(address, bucket);
    const [quietest] = buckets.keys();
    if (buckets.size > mostAddresses && quietest !== undefined) buckets.delete(quietest);
    return bucket;
  };
  return {
    take(address) {
      const bucket = bucketOf(address);
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 60) / perMinute);
      bucket.tokens -= 1;
      return null;
    },
    giveBack(address) {
      const bucket = buckets.get(address);
      if (bucket) bucket.tokens += 1;
    },
  };
}
