import { describeError } from '../../protocol/describe-error.ts';
import { advanceReach, newReach, type ParentReach, type ReachEvent } from '../../protocol/parent-reach.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { refusalSchema } from '../../protocol/trust/enrolment.ts';
import type { HiveTime } from '../hive-time.ts';
import type { HiveAnswer, HiveCall, HiveClient } from '../transport/hive-client.ts';
import type { HiveRecord } from './membership-record.ts';
import type { MembershipStore } from './membership-store.ts';

/** What the line to the parent is made of. */
export interface ParentLineOptions {
  readonly store: MembershipStore;
  readonly client: HiveClient;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly clock: Pick<Clock, 'elapsed' | 'now'>;
  readonly log: Log;
}

export type ParentCall = Omit<HiveCall, 'base' | 'pin'>;

/** Asks the parent, and knows when it last answered. */
export interface ParentLine {
  /** Tries the pin that is known, then those that were announced; the one that fits is kept. */
  ask(hive: HiveRecord, call: ParentCall): Promise<HiveAnswer>;
  /** Hive time, ms since the epoch; `null`: never. */
  answeredAt(): number | null;
  /** For how long tries have failed since the start, the last answer, or `forgetTries`; ms. */
  unansweredForMs(): number;
  /** This node was away itself: what failed before says nothing of the parent. */
  forgetTries(): void;
  /** How it answers, by this computer's clock; judged anew each time. */
  reach(): ParentReach;
}

/** When the parent answered is stored this rarely, ms. */
const storedEveryMs = 10 * 60_000;

export function createParentLine(options: ParentLineOptions): ParentLine {
  const { store, client, hiveTime, clock, log } = options;
  /** Of which parent; after a move the old one's answers say nothing. */
  let answered: { readonly parentKey: string; readonly at: number } | null = null;
  let failingSince: number | null = null;
  let reached: { readonly parentKey: string; readonly reach: ParentReach } | null = null;

  /** Of the present parent; another one begins anew, with what is stored of it. */
  const presentReach = (hive: HiveRecord): ParentReach => {
    if (reached?.parentKey !== hive.parent.publicKey) {
      const stored = hive.parentVerifiedAt;
      const answeredAt = stored === null ? null : stored - (hiveTime.now() - clock.now());
      reached = { parentKey: hive.parent.publicKey, reach: newReach(answeredAt) };
    }
    return reached.reach;
  };
  const note = (hive: HiveRecord, event: ReachEvent): ParentReach => {
    const reach = advanceReach(presentReach(hive), event, clock.now());
    reached = { parentKey: hive.parent.publicKey, reach };
    return reach;
  };
  const keep = (change: (hive: HiveRecord) => HiveRecord, of: HiveRecord): void => {
    store
      .update((present) =>
        present.hive && isSameParent(present.hive, of) ? { ...present, hive: change(present.hive) } : present,
      )
      .catch((error: unknown) =>
        log.error({ error: describeError(error) }, 'Could not store that the parent answered.'),
      );
  };
  const noteAnswer = (hive: HiveRecord, pin: string | null): void => {
    const now = hiveTime.now();
    answered = { parentKey: hive.parent.publicKey, at: now };
    failingSince = null;
    const isOther = pin !== hive.parent.pin;
    if (!isOther && hive.parentVerifiedAt !== null && Math.abs(now - hive.parentVerifiedAt) < storedEveryMs) return;
    keep(
      (present) => ({
        ...present,
        parentVerifiedAt: now,
        parent: isOther ? { ...present.parent, pin, nextPin: null } : present.parent,
      }),
      hive,
    );
  };

  return {
    async ask(hive, call) {
      let answer: HiveAnswer = { kind: 'unreachable', cause: 'tls' };
      for (const pin of pinsOf(hive)) {
        answer = await client.request({ ...call, base: hive.parent.url, pin });
        if (answer.kind === 'answered' && isOfNode(answer)) {
          noteAnswer(hive, pin);
          note(hive, 'answered');
        }
        if (answer.kind === 'answered' || answer.cause !== 'tls') break;
      }
      if (answer.kind === 'unreachable' || !isOfNode(answer)) {
        failingSince ??= clock.elapsed();
        note(hive, 'unanswered');
      }
      return answer;
    },
    answeredAt() {
      const { hive } = store.get();
      if (!hive) return null;
      return answered?.parentKey === hive.parent.publicKey ? answered.at : hive.parentVerifiedAt;
    },
    unansweredForMs: () => (failingSince === null ? 0 : clock.elapsed() - failingSince),
    forgetTries() {
      failingSince = null;
      if (reached) reached = { ...reached, reach: newReach(reached.reach.answeredAt) };
    },
    reach() {
      const { hive } = store.get();
      return hive ? note(hive, 'time') : newReach(null);
    },
  };
}

/** The one that is known first, then what a renewal and the directory announced for this parent. */
function pinsOf({ parent, directory }: HiveRecord): readonly (string | null)[] {
  const listed = directory?.directory.parents.find(
    ({ public_key, url }) => public_key === parent.publicKey && url === parent.url,
  );
  const announced = [parent.nextPin, listed?.tls ?? null].filter((pin) => pin !== null);
  return [...new Set([parent.pin, ...announced])];
}

/** Whether a node answered, and not a proxy before one that is down. */
const isOfNode = (answer: Extract<HiveAnswer, { kind: 'answered' }>): boolean =>
  answer.status < 500 || refusalSchema.safeParse(answer.body).success;

const isSameParent = (a: HiveRecord, b: HiveRecord): boolean =>
  a.anchor === b.anchor && a.parent.publicKey === b.parent.publicKey && a.parent.url === b.parent.url;
