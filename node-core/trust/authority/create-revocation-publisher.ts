import { z } from 'zod';
import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import {
  type Revocation,
  revocationListLimit,
  type SignedRevocationList,
  signedRevocationListSchema,
} from '../../protocol/trust/revocation-list.ts';
import { toWireTime } from '../../protocol/trust/wire-time.ts';
import type { Storage } from '../../storage/storage.ts';
import type { HiveTime } from '../hive-time.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import { createHiveState, type HiveState } from './hive-state.ts';
import type { Issuer, IssuerStanding } from './issuer-standing.ts';
import type { RevocationPublisher } from './revocation-publisher.ts';
import { barMember, listedRevocations, retireMember, type StoredRevocation } from './revocation-records.ts';

/** What a publisher works with. */
export interface RevocationPublisherOptions {
  readonly storage: Pick<Storage, 'db'>;
  readonly issuer: Issuer;
  /** Where the signed list goes, and who hands it on. */
  readonly book: Pick<RevocationBook, 'take'>;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

/** A publisher that also looks by itself whether the list is current. */
export interface RunningRevocationPublisher extends RevocationPublisher {
  /** Ends its timers. */
  stop(): void;
}

/** How often the list is looked at: entries drop, and a regional's own certificate is renewed. ms */
const lookMs = 60_000;
/** First wait after a signer that was away; doubles up to `lookMs`. ms */
const firstRetryMs = 2_000;
/** How often other processes may be faster before this one waits. */
const mostRounds = 5;

/**
 * Publishes what the table `hive_revocations` says. `publish()` once after the start begins the regular look. A sequence
 * is taken, durably, before it is signed, and the entries are read after it was taken: so of two lists of two processes
 * the higher one was read later, and a sequence that a crash has lost is never used for another list.
 */
export function createRevocationPublisher(options: RevocationPublisherOptions): RunningRevocationPublisher {
  return new Publisher(options);
}

class Publisher implements RunningRevocationPublisher {
  readonly #options: RevocationPublisherOptions;
  readonly #sequence: HiveState<number>;
  #last: Promise<unknown> = Promise.resolve();
  #timer: Timer | null = null;
  #retryMs = firstRetryMs;
  #isStopped = false;

  constructor(options: RevocationPublisherOptions) {
    this.#options = options;
    this.#sequence = createHiveState(options.storage, 'revocation-sequence', z.number().int().nonnegative());
  }

  async revoke(publicKey: string, reason: string): Promise<void> {
    const { storage, hiveTime } = this.#options;
    await barMember(storage, { publicKey, reason, nowMs: hiveTime.now() });
    await this.publish();
  }

  async retire(publicKey: string, reason: string): Promise<void> {
    const { storage, hiveTime } = this.#options;
    await retireMember(storage, { publicKey, reason, nowMs: hiveTime.now() });
    await this.publish();
  }

  publish(): Promise<void> {
    const result = this.#last.then(() => this.#publishNow());
    this.#last = result;
    return result;
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #publishNow(): Promise<void> {
    if (this.#isStopped) return;
    try {
      await this.#makeCurrent();
      this.#retryMs = firstRetryMs;
      this.#lookAgain(lookMs);
    } catch (error) {
      this.#options.log.warn({ error }, 'The list of revocations could not be signed and stored; it is tried again.');
      this.#lookAgain(this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, lookMs);
    }
  }

  #lookAgain(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#isStopped ? null : this.#options.clock.after(delayMs, () => void this.publish());
  }

  async #makeCurrent(): Promise<void> {
    const standing = this.#options.issuer.standing();
    if (standing === null) return;
    for (let round = 0; round < mostRounds; round += 1) {
      if (await this.#isCurrent(standing)) return;
      const signed = await this.#sign(standing);
      await this.#options.book.take([signed]);
    }
    if (!(await this.#isCurrent(standing))) throw new Error('The book of revocations did not take the list.');
  }

  async #isCurrent(standing: IssuerStanding): Promise<boolean> {
    const [stored, revoked] = [await this.#stored(standing), await this.#revoked()];
    if (stored === null) return revoked.length === 0;
    return (
      JSON.stringify(stored.list.revoked) === JSON.stringify(revoked) &&
      JSON.stringify(serialsOf(stored)) === JSON.stringify(standing.issuersOfLeaf.map(({ serial }) => serial))
    );
  }

  async #sign(standing: IssuerStanding): Promise<SignedRevocationList> {
    const { hiveTime } = this.#options;
    const known = (await this.#stored(standing))?.list.sequence ?? 0;
    const seconds = Math.floor(hiveTime.now() / 1000);
    // Seconds, so that it grows even over a database that was restored from a backup.
    const sequence = await this.#sequence.change((present) => Math.max(known, present ?? 0, seconds - 1) + 1);
    const list = { hive: standing.hive, issuer: standing.parentKey, sequence, revoked: await this.#revoked() };
    return { list, signature: await standing.signRevocations(list), issuers: [...standing.issuersOfLeaf] };
  }

  async #revoked(): Promise<Revocation[]> {
    const { storage, hiveTime, log } = this.#options;
    const rows = await listedRevocations(storage, hiveTime.now(), revocationListLimit + 1);
    if (rows.length > revocationListLimit) {
      log.error(
        { limit: revocationListLimit },
        'More is revoked than one list holds; the oldest entries are left out.',
      );
    }
    return rows.slice(0, revocationListLimit).map(toEntry);
  }

  async #stored({ hive, parentKey }: IssuerStanding): Promise<SignedRevocationList | null> {
    const row = await this.#options.storage.db
      .selectFrom('hive_revocation_lists')
      .select('signed_json')
      .where('hive', '=', hive)
      .where('issuer', '=', parentKey)
      .executeTakeFirst();
    return row === undefined ? null : signedRevocationListSchema.parse(JSON.parse(row.signed_json));
  }
}

const serialsOf = ({ issuers }: SignedRevocationList): string[] => issuers.map(({ serial }) => serial);

const toEntry = ({ public_key, serial, until, reason }: StoredRevocation): Revocation => ({
  public_key,
  ...(serial === '' ? {} : { serial }),
  until: toWireTime(until),
  reason,
});
