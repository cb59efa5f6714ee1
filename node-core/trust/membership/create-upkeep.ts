import { english } from '../../api/english.ts';
import { FailureError } from '../../api/failures.ts';
import { obstacleSentence } from '../../api/trust-sentences.ts';
import { describeError } from '../../protocol/describe-error.ts';
import type { ParentReach } from '../../protocol/parent-reach.ts';
import type { Timer } from '../../protocol/ports/clock.ts';
import { withHistory } from './history.ts';
import { tellIssuer } from './leave-hive.ts';
import { type Ending, endingOf } from './membership-ending.ts';
import { partsOf } from './membership-parts.ts';
import { declined, flatMembership, type HiveRecord, isUnproven, type JoinObstacle } from './membership-record.ts';
import { obstacleCode } from './obstacle-view.ts';
import { createParentLine, type ParentLine } from './parent-line.ts';
import { ParentMove } from './parent-move.ts';
import { Renewal, type RenewalOutcome } from './renewal.ts';
import { RevocationPolling } from './revocation-polling.ts';
import type { MembershipParts, Upkeep, UpkeepOptions } from './upkeep.ts';
import { watchWakes } from './wake-watch.ts';

/** Makes what keeps a membership alive. Nothing runs before `start`, and nothing while there is no membership. */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  return new MembershipUpkeep(options);
}

class MembershipUpkeep implements Upkeep {
  readonly #options: UpkeepOptions;
  readonly #line: ParentLine;
  readonly #renewal: Renewal;
  readonly #polling: RevocationPolling;
  readonly #move: ParentMove;
  readonly #listeners = new Set<() => void>();
  #ends: (() => void)[] = [];
  #wakes: Timer | null = null;
  #leaving: Promise<{ readonly isIssuerTold: boolean }> | null = null;
  #isRunning = false;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#line = createParentLine(options);
    this.#renewal = new Renewal({ ...options, line: this.#line, onTried: (outcome) => this.#tried(outcome) });
    this.#polling = new RevocationPolling({ ...options, line: this.#line, onPolled: () => this.#polled() });
    this.#move = new ParentMove({ ...options, line: this.#line, renewal: this.#renewal });
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { store, revocations, storage } = this.#options;
    this.#ends = [
      store.onChange(() => this.#changed()),
      revocations.onChange(() => void this.#judgeOwn()),
      storage.onReplaced(() => void this.#polling.pollAnew()),
    ];
    this.#renewal.start();
    // As after a sleep: a difference of an earlier run may be wrong now, and a renewal tells.
    if (this.#options.hiveTime.offsetMs() !== 0) this.#renewal.woke();
    this.#polling.start();
    this.#watch();
    void this.#judgeOwn();
  }

  async stop(): Promise<void> {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    for (const end of this.#ends) end();
    this.#wakes?.cancel();
    this.#wakes = null;
    await Promise.all([this.#renewal.stop(), this.#polling.stop()]);
  }

  async renewNow(): Promise<{ readonly isAnswered: boolean }> {
    const { hive } = this.#options.store.get();
    if (!hive) throw new FailureError({ kind: 'not-joined', what: 'renew' });
    if (hive.ended && !isUnproven(hive)) {
      const code = hive.ended.kind === 'revoked' ? 'revoked' : 'lapsed-too-long';
      throw refusal('refused', code);
    }
    const outcome = await this.#renewal.renewNow();
    if (outcome.kind === 'failed') throw failureOf(outcome.obstacle);
    return { isAnswered: outcome.kind !== 'nothing' };
  }

  pollNow(): Promise<void> {
    return this.#polling.pollNow();
  }

  async checkParent(): Promise<void> {
    const askedBefore = this.#line.reach().answeredAt;
    await this.#polling.pollNow();
    const { silentSince, answeredAt } = this.#line.reach();
    if (silentSince !== null && answeredAt !== askedBefore) await this.#polling.pollNow();
    if (this.#isRunning && answeredAt !== askedBefore) await this.#compareClocks();
  }

  reach(): ParentReach {
    return this.#line.reach();
  }

  /** Polls are not signed and tell nothing of the time; a renewal is, and a certificate that is new is served again. */
  async #compareClocks(): Promise<void> {
    await this.#quietly(() => this.#renewal.renewNow());
  }

  leave(): Promise<{ readonly isIssuerTold: boolean }> {
    this.#leaving ??= this.#leave().finally(() => {
      this.#leaving = null;
    });
    return this.#leaving;
  }

  view(): MembershipParts | null {
    const { store, hiveTime } = this.#options;
    const { hive } = store.get();
    if (!hive) return null;
    const times = { nextAt: this.#renewal.nextAt(), answeredAt: this.#line.answeredAt() };
    return partsOf(hive, { ...times, now: hiveTime.now(), offsetMs: hiveTime.offsetMs() });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #leave(): Promise<{ readonly isIssuerTold: boolean }> {
    const { store, clock } = this.#options;
    await this.#cancelApplication();
    const { hive } = store.get();
    if (!hive) return { isIssuerTold: false };
    const isIssuerTold = await tellIssuer(hive, this.#line, clock);
    // The time as well: it was that hive's.
    const at = clock.now();
    await store.update((present) => ({
      ...withHistory(present, { kind: 'left', at, hive }),
      hive: null,
      application: null,
      hiveTime: flatMembership.hiveTime,
      environmentOrder: declined(present.environmentOrder),
    }));
    return { isIssuerTold };
  }

  /** An application alone is left as well. Rejects when it stays. */
  async #cancelApplication(): Promise<void> {
    const { store, moves } = this.#options;
    if (!store.get().application) return;
    await moves.cancel().catch((error: unknown) => {
      if (store.get().application) throw error;
    });
  }

  #changed(): void {
    this.#watch();
    for (const listener of this.#listeners) listener();
  }

  /** Watches for wakes while there is a membership. */
  #watch(): void {
    const isNeeded = this.#isRunning && this.#options.store.get().hive !== null;
    if (isNeeded === (this.#wakes !== null)) return;
    this.#wakes?.cancel();
    this.#wakes = isNeeded ? watchWakes(this.#options.clock, () => this.#woke()) : null;
  }

  #woke(): void {
    this.#line.forgetTries();
    this.#renewal.woke();
    void this.#polling.pollNow();
  }

  #polled(): void {
    if (this.#isRunning) void this.#move.look();
  }

  #tried(outcome: RenewalOutcome): void {
    void this.#quietly(async () => {
      if (outcome.kind === 'failed') await this.#refused(outcome);
      if (this.#isRunning) await this.#move.look();
    });
  }

  async #refused({ obstacle }: Extract<RenewalOutcome, { kind: 'failed' }>): Promise<void> {
    const { hive } = this.#options.store.get();
    if (obstacle.kind !== 'refused' || !hive) return;
    if (obstacle.reason === 'revoked') {
      // The list says why, where the parent has it.
      await this.#polling.pollNow();
      // What a revoked parent answers counts for nothing: this node moves instead.
      if (this.#isParentRevoked(hive)) return;
      const reason = this.#reason(hive);
      await this.#end(hive, { kind: 'revoked', reason: reason ?? obstacle.sentence, isSigned: reason !== null });
    }
    // First the application: a crash between the two is followed by another try, not by silence.
    if (obstacle.reason === 'lapsed-too-long' || obstacle.reason === 'not-a-member') await this.#move.applyAgain(hive);
    if (obstacle.reason === 'lapsed-too-long') await this.#end(hive, { kind: 'lapsed' });
  }

  /** Ends the membership if a list says that this node is revoked. */
  async #judgeOwn(): Promise<void> {
    await this.#quietly(async () => {
      const { hive } = this.#options.store.get();
      if (!hive || (hive.ended?.kind === 'revoked' && !isUnproven(hive))) return;
      const reason = this.#reason(hive);
      if (reason !== null) await this.#end(hive, { kind: 'revoked', reason, isSigned: true });
      else await this.#move.look();
    });
  }

  /** Why this node is revoked, or `null`. What a parent says that is itself revoked counts for nothing. */
  #reason(hive: HiveRecord): string | null {
    const { public_key, serial, parent_public_key } = hive.chain.certificate;
    const by = this.#isParentRevoked(hive) ? hive.anchor : parent_public_key;
    return this.#options.revocations.reasonFor(public_key, serial, by);
  }

  #isParentRevoked({ chain }: HiveRecord): boolean {
    const { revocations } = this.#options;
    return chain.issuers.some((issuer) =>
      revocations.isRevoked(issuer.public_key, issuer.serial, issuer.parent_public_key),
    );
  }

  async #end(of: HiveRecord, ending: Ending): Promise<void> {
    const { store, clock, log } = this.#options;
    log.warn({ kind: ending.kind }, 'The membership has ended.');
    await store.update((present) => endingOf(present, of, ending, clock.now()));
  }

  async #quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.error({ error: describeError(error) }, 'A step of the membership’s upkeep failed.');
    }
  }
}

function failureOf(obstacle: JoinObstacle): FailureError {
  const code = obstacleCode(obstacle);
  return refusal(obstacle.kind, code);
}

function refusal(of: JoinObstacle['kind'], code: string): FailureError {
  const sentence = english(obstacleSentence({ kind: of, code, said: null }));
  return new FailureError({ kind: 'hive-refused', of, code, sentence: sentence.slice(0, 500) });
}
