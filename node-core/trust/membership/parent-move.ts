import { describeError } from '../../protocol/describe-error.ts';
import type { Parent } from '../../protocol/trust/directory.ts';
import { chooseParent, type MoveReason, moveReason, type ParentFacts } from '../../protocol/trust/parent-choice.ts';
import { lifetimeOf } from '../../protocol/trust/renewal-schedule.ts';
import { type HiveRecord, isUnproven } from './membership-record.ts';
import type { ParentLine } from './parent-line.ts';
import type { Renewal } from './renewal.ts';
import type { UpkeepOptions } from './upkeep.ts';

/** What moving works with. */
export interface ParentMoveOptions
  extends Pick<
    UpkeepOptions,
    'store' | 'identity' | 'revocations' | 'hiveTime' | 'moves' | 'clock' | 'random' | 'log'
  > {
  readonly line: ParentLine;
  readonly renewal: Pick<Renewal, 'failingForMs'>;
}

/** From one application to the next, ms: whatever goes wrong, no parent is flooded. */
const nextParentAfterMs = 10 * 60_000;

/** Lets a local apply at another parent of the directory when its own is revoked, ended or silent. */
export class ParentMove {
  readonly #options: ParentMoveOptions;
  /** Keys of parents where an application failed; forgotten when all have been tried. */
  readonly #tried = new Set<string>();
  #isBusy = false;
  /** On the monotonic clock. */
  #lastMoveAt = Number.NEGATIVE_INFINITY;

  constructor(options: ParentMoveOptions) {
    this.#options = options;
  }

  /** Looks whether a move is due, or no longer needed. Never rejects; does nothing while an earlier look runs. */
  async look(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#look();
    } catch (error) {
      this.#options.log.error({ error: describeError(error) }, 'Could not apply at another parent.');
    } finally {
      this.#isBusy = false;
    }
  }

  /** Applies again at the same parent: it knows this node no more, or not any longer. */
  async applyAgain(hive: HiveRecord): Promise<void> {
    const { store, moves, log } = this.#options;
    const { elapsed } = this.#options.clock;
    if (store.get().application || elapsed() - this.#lastMoveAt < nextParentAfterMs) return;
    this.#lastMoveAt = elapsed();
    const { url, publicKey, pin } = hive.parent;
    log.info({}, 'Applies again at the parent, because it renews this certificate no more.');
    await moves.move({ url, public_key: publicKey, tier: hive.tier, ...(pin === null ? {} : { tls: pin }) });
  }

  async #look(): Promise<void> {
    const { hive, application } = this.#options.store.get();
    if (hive?.tier !== 'local' || (hive.ended?.kind === 'revoked' && !isUnproven(hive))) return;
    const reason = moveReason(this.#facts(hive), this.#options.hiveTime.now());
    // What an answer alone has ended is begun elsewhere only if who answered is itself revoked.
    if (isUnproven(hive) && reason !== 'parent-revoked') return;
    if (application && application.order.from !== 'move') return;
    if (application && application.phase.kind !== 'failed') {
      const isElsewhere = application.order.issuer.url !== hive.parent.url;
      if (!reason && isElsewhere && hive.ended === null) await this.#stay();
      return;
    }
    if (application) this.#noteFailed(hive, application.order.issuer.url);
    if (this.#options.clock.elapsed() - this.#lastMoveAt < nextParentAfterMs) return;
    if (reason) await this.#move(hive, reason, application !== null);
  }

  async #move(hive: HiveRecord, reason: MoveReason, hasFailed: boolean): Promise<void> {
    const { moves, log } = this.#options;
    const parent = this.#choose(hive);
    if (!parent) return;
    this.#lastMoveAt = this.#options.clock.elapsed();
    if (hasFailed) await moves.cancel();
    log.info({ reason, parent: parent.public_key.slice(0, 16) }, 'Applies at another parent.');
    await moves.move(parent);
  }

  async #stay(): Promise<void> {
    this.#options.log.info({}, 'The parent is back; the application at another one ends.');
    this.#tried.clear();
    await this.#options.moves.cancel();
  }

  #choose(hive: HiveRecord): Parent | null {
    const { identity, revocations, random } = this.#options;
    const terms = {
      tier: hive.tier,
      presentKey: hive.parent.publicKey,
      ownKey: identity.publicKey,
      // Of the key alone: its certificate is not known yet.
      isRevoked: (publicKey: string) => revocations.isRevoked(publicKey, '', hive.anchor),
      random: random(),
    };
    const parents = hive.directory?.directory.parents ?? [];
    const untried = chooseParent(parents, { ...terms, tried: this.#tried });
    if (untried) return untried;
    this.#tried.clear();
    return chooseParent(parents, { ...terms, tried: this.#tried });
  }

  #noteFailed(hive: HiveRecord, url: string): void {
    const parent = hive.directory?.directory.parents.find((each) => each.url === url);
    if (parent) this.#tried.add(parent.public_key);
  }

  #facts(hive: HiveRecord): ParentFacts {
    const { revocations, line, renewal } = this.#options;
    const [parent] = hive.chain.issuers;
    const { obstacle } = hive.renewal;
    return {
      isRevoked: parent ? revocations.isRevoked(parent.public_key, parent.serial, parent.parent_public_key) : false,
      certificateEndsAtMs: parent ? lifetimeOf(parent).expiresAtMs : Number.POSITIVE_INFINITY,
      answeredAtMs: line.answeredAt() ?? hive.joinedAt,
      unansweredForMs: line.unansweredForMs(),
      renewalFailingForMs: renewal.failingForMs(),
      isNotIssuing:
        renewal.failingForMs() !== null && obstacle?.kind === 'refused' && obstacle.reason === 'not-issuing',
      ownEndsAtMs: lifetimeOf(hive.chain.certificate).expiresAtMs,
    };
  }
}
