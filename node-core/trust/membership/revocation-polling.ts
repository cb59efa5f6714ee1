import { z } from 'zod';
import { describeError } from '../../protocol/describe-error.ts';
import type { Timer } from '../../protocol/ports/clock.ts';
import { publicKeySchema } from '../../protocol/trust/key-text.ts';
import { type HiveRecord, isUnproven } from './membership-record.ts';
import type { ParentLine } from './parent-line.ts';
import type { UpkeepOptions } from './upkeep.ts';

/** What polling works with. */
export interface RevocationPollingOptions
  extends Pick<UpkeepOptions, 'store' | 'revocations' | 'clock' | 'random' | 'log'> {
  readonly line: ParentLine;
  /** Told after each poll. */
  readonly onPolled: () => void;
}

/** From the end of one poll to the next, ms; ±10 %. */
const intervalMs = 30_000;
/** The same after the first answer of a parent that was silent, so that it soon counts as heard again, ms. */
const confirmIntervalMs = 5_000;
/** The same after an ending that no list confirms, ms. */
const endedIntervalMs = 60 * 60_000;
const mostJitter = 0.1;
/** A hive of 1,000 regionals has 51 pages. */
const pageLimit = 60;

/** What is looked at here; each list is judged by the book, so that a bad one does not hide the others. */
const pageSchema = z.object({ lists: z.array(z.unknown()).max(20), next: publicKeySchema.nullable() });

/** Asks the parent for revocation lists, while there is a membership that is not revoked. */
export class RevocationPolling {
  readonly #options: RevocationPollingOptions;
  /** By path: what the parent gave, so that it need not send it again. */
  readonly #seen = new Map<string, { readonly etag: string; readonly next: string | null }>();
  #timer: Timer | null = null;
  #running: Promise<void> | null = null;
  #abort = new AbortController();
  #isRunning = false;
  #endListening: () => void = () => undefined;
  #parentUrl: string | null = null;

  constructor(options: RevocationPollingOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#abort = new AbortController();
    this.#endListening = this.#options.store.onChange(() => {
      if (this.#hive()?.parent.url !== (this.#parentUrl ?? undefined) && !this.#running) void this.pollAnew();
    });
    void this.pollAnew();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#endListening();
    this.#timer?.cancel();
    this.#abort.abort();
    await this.#running;
  }

  /** Polls now, or joins a poll that runs. */
  pollNow(): Promise<void> {
    this.#running ??= this.#poll().finally(() => {
      this.#running = null;
      this.#arm();
      this.#options.onPolled();
    });
    return this.#running;
  }

  /** Polls now and takes everything again: the parent is another one, or the database is. */
  pollAnew(): Promise<void> {
    this.#seen.clear();
    return this.pollNow();
  }

  #arm(): void {
    this.#timer?.cancel();
    const hive = this.#hive();
    this.#parentUrl = hive?.parent.url ?? null;
    if (!this.#isRunning || !hive) return;
    const { clock, random } = this.#options;
    const delayMs = this.#intervalMs(hive) * (1 + mostJitter * (2 * random() - 1));
    this.#timer = clock.after(delayMs, () => void this.pollNow());
  }

  #intervalMs(hive: HiveRecord): number {
    if (isUnproven(hive)) return endedIntervalMs;
    const { silentSince, answersInRow } = this.#options.line.reach();
    return silentSince !== null && answersInRow > 0 ? confirmIntervalMs : intervalMs;
  }

  #hive(): HiveRecord | null {
    const { hive } = this.#options.store.get();
    return hive && (hive.ended?.kind !== 'revoked' || isUnproven(hive)) ? hive : null;
  }

  /** Never rejects. */
  async #poll(): Promise<void> {
    const hive = this.#hive();
    if (!hive) return;
    try {
      let after: string | null = null;
      for (let page = 0; page < pageLimit; page += 1) {
        const next: string | null = await this.#page(hive, after);
        // Ordered by issuer: what does not grow would go round for ever.
        if (next === null || (after !== null && next <= after)) return;
        after = next;
      }
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      this.#options.log.error({ error: describeError(error) }, 'Asking for revocations broke off.');
    }
  }

  /** @returns after whom the next page begins, or `null` */
  async #page(hive: HiveRecord, after: string | null): Promise<string | null> {
    const path = after === null ? '/revocations' : `/revocations?after=${after}`;
    const seen = this.#seen.get(path);
    const answer = await this.#options.line.ask(hive, {
      method: 'GET',
      path,
      signed: 'no',
      ...(seen ? { etag: seen.etag } : {}),
      signal: this.#abort.signal,
    });
    if (answer.kind === 'unreachable') return null;
    if (answer.status === 304) return seen?.next ?? null;
    const page = answer.status === 200 ? pageSchema.safeParse(answer.body) : null;
    if (!page?.success) {
      this.#options.log.warn({ status: answer.status }, 'The parent gave no revocation lists.');
      return null;
    }
    await this.#options.revocations.take(page.data.lists);
    if (answer.etag !== null) this.#seen.set(path, { etag: answer.etag, next: page.data.next });
    return page.data.next;
  }
}
