import { describeError } from '../../protocol/describe-error.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { Timer } from '../../protocol/ports/clock.ts';
import { type RenewalRequest, refusalSchema } from '../../protocol/trust/enrolment.ts';
import { newerDirectory } from '../../protocol/trust/judge-directory.ts';
import { judgeRenewal } from '../../protocol/trust/judge-renewal.ts';
import { jitterOf, lifetimeOf, renewalDueAt, retryDelayMs } from '../../protocol/trust/renewal-schedule.ts';
import type { HiveAnswer } from '../transport/hive-client.ts';
import { withHistory } from './history.ts';
import { type HiveRecord, isUnproven, type JoinObstacle } from './membership-record.ts';
import type { ParentLine } from './parent-line.ts';
import { type JudgedRenewal, renewedRecord } from './renewed-record.ts';
import type { UpkeepOptions } from './upkeep.ts';

/** What came of one try. `nothing`: there is no membership that could be renewed. */
export type RenewalOutcome =
  | { readonly kind: 'renewed' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly obstacle: JoinObstacle };

/** What renewal works with. */
export interface RenewalOptions
  extends Pick<
    UpkeepOptions,
    'store' | 'identity' | 'verifier' | 'hiveTime' | 'federationKeys' | 'verify' | 'profile' | 'clock' | 'log'
  > {
  readonly line: ParentLine;
  /** Told after each try. */
  readonly onTried: (outcome: RenewalOutcome) => void;
}

/** After an ending that no list confirms it is still tried, but this rarely, ms. */
const endedRetryMs = 6 * 60 * 60_000;
/** Hive time that stands still so far before its floor comes from a clock that is wrong, ms. */
const clockToleranceMs = 5 * 60_000;

/** Renews the certificate of this node when it is due (renewal-schedule.ts). One try at a time. */
export class Renewal {
  readonly #options: RenewalOptions;
  #timer: Timer | null = null;
  #running: Promise<RenewalOutcome> | null = null;
  #abort = new AbortController();
  #isRunning = false;
  /** Since when the tries of which certificate fail; another certificate, or another parent, begins anew. */
  #failing: { readonly since: number; readonly standing: string | null } | null = null;
  /** Tries that failed in a row since the start or the last wake. */
  #failedTries = 0;
  #endListening: () => void = () => undefined;
  /** Which certificate, in which standing, the timer is for. */
  #armedFor: string | null = null;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#abort = new AbortController();
    this.#endListening = this.#options.store.onChange(() => {
      if (this.#standing() !== this.#armedFor && !this.#running) this.#arm(null);
    });
    this.#arm(null);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#endListening();
    this.#timer?.cancel();
    this.#abort.abort();
    await this.#running?.catch(() => undefined);
  }

  /** Tries now, due or not; joins a try that runs. */
  renewNow(): Promise<RenewalOutcome> {
    this.#running ??= this.#try().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** This node was away, or its clock was changed: what failed before counts no more, and what is due is tried at once. */
  woke(): void {
    this.#failing = null;
    this.#failedTries = 0;
    const { hiveTime } = this.#options;
    // The difference that was learnt from the issuer may be wrong now; a renewal tells.
    if (this.#isRunning && hiveTime.offsetMs() !== 0 && this.#hive()) void this.renewNow();
    else this.#arm(null);
  }

  /** When the next try is due, hive time; `null`: nothing renews. */
  nextAt(): number | null {
    const hive = this.#hive();
    if (!hive) return null;
    return hive.renewal.nextTryAt ?? dueAt(hive);
  }

  /** For how long tries have failed since the start or the last wake, ms; `null`: the last one did not. */
  failingForMs(): number | null {
    if (this.#failing === null || this.#failing.standing !== this.#standing()) return null;
    return this.#options.clock.elapsed() - this.#failing.since;
  }

  /** The membership, if it can be renewed. */
  #hive(): HiveRecord | null {
    const { hive } = this.#options.store.get();
    return hive && (hive.ended === null || isUnproven(hive)) ? hive : null;
  }

  #standing(): string | null {
    const hive = this.#hive();
    return hive && `${hive.chain.certificate.serial} ${hive.parent.url} ${hive.ended?.kind ?? ''}`;
  }

  /** @param delayMs `null`: when it is due */
  #arm(delayMs: number | null): void {
    this.#timer?.cancel();
    this.#armedFor = this.#standing();
    const hive = this.#hive();
    if (!this.#isRunning || !hive) return;
    const { clock, hiveTime } = this.#options;
    const dueIn = this.#isClockBehind() ? 0 : Math.max(0, dueAt(hive) - hiveTime.now());
    // One timer of the full length on the monotonic clock: a wall clock that stands still or runs back puts nothing off.
    const atLeastMs = isUnproven(hive) ? endedRetryMs : 0;
    this.#timer = clock.after(Math.max(delayMs ?? dueIn, atLeastMs), () => void this.renewNow());
  }

  #isClockBehind(): boolean {
    const { clock, hiveTime } = this.#options;
    return hiveTime.now() - (clock.now() + hiveTime.offsetMs()) > clockToleranceMs;
  }

  async #try(): Promise<RenewalOutcome> {
    const hive = this.#hive();
    if (!hive) return { kind: 'nothing' };
    const { outcome, retryAfterMs } = await this.#ask(hive);
    const isDone = outcome.kind === 'renewed' || (outcome.kind === 'unchanged' && !this.#isDue(hive));
    if (isDone) {
      this.#failing = null;
      this.#failedTries = 0;
    }
    this.#arm(isDone || outcome.kind === 'nothing' ? null : await this.#failed(hive, outcome, retryAfterMs));
    this.#options.onTried(outcome);
    return outcome;
  }

  /** Never rejects: whatever breaks off is tried again. */
  async #ask(hive: HiveRecord): Promise<{ readonly outcome: RenewalOutcome; readonly retryAfterMs: number | null }> {
    const beganAt = this.#options.clock.elapsed();
    try {
      const answer = await this.#options.line.ask(hive, this.#call(hive));
      return { outcome: await this.#take(hive, answer, beganAt), retryAfterMs: retryAfterOf(answer) };
    } catch (error) {
      if (this.#abort.signal.aborted) return { outcome: { kind: 'nothing' }, retryAfterMs: null };
      this.#options.log.error({ error: describeError(error) }, 'A renewal broke off; it is tried again.');
      return { outcome: failed({ kind: 'defect', defect: 'not-stored' }), retryAfterMs: null };
    }
  }

  #isDue(hive: HiveRecord): boolean {
    return dueAt(hive) <= this.#options.hiveTime.now();
  }

  #call(hive: HiveRecord): Parameters<ParentLine['ask']>[1] {
    const { identity, profile, federationKeys } = this.#options;
    const delivered = federationKeys.delivered();
    const request: RenewalRequest = {
      ...profile(),
      sealing_key: identity.sealingKey,
      ...(delivered ? { federation_key_id: delivered.id } : {}),
      ...(hive.directory ? { directory_sequence: hive.directory.directory.sequence } : {}),
    };
    return {
      method: 'POST',
      path: '/renew',
      body: toJson(request),
      signed: 'node',
      presentsChain: true,
      signal: this.#abort.signal,
    };
  }

  /** @param beganAt when the try began, on the monotonic clock */
  async #take(hive: HiveRecord, answer: HiveAnswer, beganAt: number): Promise<RenewalOutcome> {
    if (answer.kind === 'unreachable') return failed({ kind: 'unreachable', cause: answer.cause });
    if (answer.status !== 200 && answer.status !== 201) return failed(refusalOf(answer));
    const { verifier, log } = this.#options;
    const judge = (presented: unknown): ReturnType<typeof verifier.judge> => verifier.judge(presented);
    const terms = { anchor: hive.anchor, tier: hive.tier, present: hive.chain, judge };
    const verdict = judgeRenewal(answer.body, terms);
    if (verdict.kind === 'refused') {
      log.warn({ defect: verdict.defect }, 'Refused what the parent answered to a renewal; nothing was changed.');
      return failed({ kind: 'defect', defect: verdict.defect });
    }
    const chain = verdict.kind === 'renewed' ? verdict.chain : null;
    const renewal = {
      issued: verdict.issued,
      chain,
      directory: newerDirectory(verdict.issued.directory, {
        anchor: hive.anchor,
        knownSequence: hive.directory?.directory.sequence ?? null,
        judge,
        verify: this.#options.verify,
      }),
      federationKey: await this.#openable(verdict.issued.federation_key),
    };
    await this.#store(hive, renewal, beganAt);
    return { kind: verdict.kind };
  }

  /** Stores all of it at once; not if the membership has become another one meanwhile. */
  async #store(hive: HiveRecord, renewal: JudgedRenewal, beganAt: number): Promise<void> {
    const { store, clock, hiveTime } = this.#options;
    const [at, tookMs] = [clock.now(), clock.elapsed() - beganAt];
    await store.update((present) => {
      if (!present.hive || !isSame(present.hive, hive)) return present;
      const after = renewedRecord(present.hive, renewal, at);
      // The same certificate again is nothing that happened, but for one that counts once more.
      const isNews = renewal.chain !== null || (present.hive.ended !== null && after.ended === null);
      const kept = isNews ? withHistory(present, { kind: 'renewed', at, tookMs, hive: after }) : present;
      return { ...kept, hive: after };
    });
    if (!renewal.chain) return;
    const { issuedAtMs } = lifetimeOf(renewal.chain.certificate);
    hiveTime.saw(issuedAtMs);
    if (this.#isClockBehind()) hiveTime.learn(issuedAtMs);
  }

  async #openable(sealed: JudgedRenewal['issued']['federation_key']): Promise<JudgedRenewal['federationKey']> {
    if (!sealed) return null;
    const { identity, log } = this.#options;
    try {
      await identity.unseal(sealed);
      return sealed;
    } catch (error) {
      log.warn(
        { error: describeError(error) },
        'The federation key that came with a renewal does not open; the old one stays.',
      );
      return null;
    }
  }

  /** Notes a try that brought nothing. @returns how long to wait, ms */
  async #failed(hive: HiveRecord, outcome: RenewalOutcome, retryAfterMs: number | null): Promise<number> {
    const { store, clock, hiveTime, log } = this.#options;
    if (this.failingForMs() === null) {
      this.#failing = { since: clock.elapsed(), standing: this.#standing() };
      this.#failedTries = 0;
    }
    this.#failedTries += 1;
    const tries = this.#failedTries;
    const obstacle = outcome.kind === 'failed' ? outcome.obstacle : null;
    const now = hiveTime.now();
    const { serial, ...times } = hive.chain.certificate;
    const remainingMs = lifetimeOf(times).expiresAtMs - now;
    const usualMs = retryDelayMs({ tries, remainingMs, retryAfterMs, jitter: jitterOf(serial) });
    const delayMs = isUnproven(hive) ? Math.max(usualMs, endedRetryMs) : usualMs;
    log.warn({ obstacle: obstacle?.kind ?? 'unchanged', tries, delayMs }, 'The certificate could not be renewed.');
    const renewal = { failingSince: hive.renewal.failingSince ?? now, tries, nextTryAt: now + delayMs, obstacle };
    const at = clock.now();
    await store
      .update((present) => {
        if (!present.hive || !isSame(present.hive, hive)) return present;
        const kept = obstacle ? withHistory(present, { kind: 'renewal-failed', at, hive, obstacle }) : present;
        return { ...kept, hive: { ...present.hive, renewal } };
      })
      .catch((error: unknown) => log.error({ error: describeError(error) }, 'Could not store how a renewal went.'));
    return delayMs;
  }
}

function dueAt({ chain }: HiveRecord): number {
  return renewalDueAt(lifetimeOf(chain.certificate), jitterOf(chain.certificate.serial));
}

/** Without the fields that are undefined. */
const toJson = (request: RenewalRequest): JsonValue =>
  Object.fromEntries(Object.entries(request).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const failed = (obstacle: JoinObstacle): RenewalOutcome => ({ kind: 'failed', obstacle });

function refusalOf(answer: Extract<HiveAnswer, { kind: 'answered' }>): JoinObstacle {
  const refusal = refusalSchema.safeParse(answer.body);
  return refusal.success
    ? { kind: 'refused', reason: refusal.data.reason, sentence: refusal.data.error }
    : { kind: 'refused', reason: `status-${answer.status}`, sentence: `It answered with status ${answer.status}.` };
}

const retryAfterOf = (answer: HiveAnswer): number | null =>
  answer.kind === 'answered' && answer.retryAfterSeconds !== null ? answer.retryAfterSeconds * 1000 : null;

const isSame = (a: HiveRecord, b: HiveRecord): boolean =>
  a.anchor === b.anchor &&
  a.parent.url === b.parent.url &&
  a.chain.certificate.parent_signature === b.chain.certificate.parent_signature;
