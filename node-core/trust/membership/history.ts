import { type HistoryEntry, mostHistory } from '../../api/trust-views.ts';
import { lifetimeOf } from '../../protocol/trust/renewal-schedule.ts';
import {
  type Application,
  type HiveRecord,
  isUnproven,
  type JoinObstacle,
  type Membership,
} from './membership-record.ts';
import { obstacleFact } from './obstacle-view.ts';

/** What happened to a membership. `at`: ms since the epoch, by this computer's clock; `tookMs`: how long it took, ms. */
export type HistoryEvent =
  /** `before`: the record that it replaces. */
  | {
      readonly kind: 'became-member';
      readonly at: number;
      readonly tookMs: number;
      readonly hive: HiveRecord;
      readonly before: HiveRecord | null;
    }
  | { readonly kind: 'renewed'; readonly at: number; readonly tookMs: number; readonly hive: HiveRecord }
  | {
      readonly kind: 'renewal-failed';
      readonly at: number;
      readonly hive: HiveRecord;
      readonly obstacle: JoinObstacle;
    }
  | { readonly kind: 'join-failed'; readonly at: number; readonly order: Order; readonly obstacle: JoinObstacle }
  | { readonly kind: 'left'; readonly at: number; readonly hive: HiveRecord }
  /** `hive`: as it is now that it has ended. */
  | { readonly kind: 'ended'; readonly at: number; readonly hive: HiveRecord };
type Order = Application['order'];

/** The history with what happened, the newest first, at most `mostHistory`. */
export function historyWith(history: readonly HistoryEntry[], event: HistoryEvent): HistoryEntry[] {
  // A move goes on at the next parent by itself, for as long as it takes: its tries would push out all else.
  if (event.kind === 'join-failed' && event.order.from === 'move') return [...history];
  const entry = entryOf(event);
  const [newest, ...older] = history;
  if (newest === undefined || !isSame(newest, entry)) return [entry, ...history].slice(0, mostHistory);
  // An ending that a list confirms is still the same one.
  if (entry.kind === 'ended') return [{ ...entry, at: newest.at }, ...older];
  return [{ ...entry, times: newest.times + 1 }, ...older];
}

/** The membership with what happened in its history. */
export const withHistory = (present: Membership, event: HistoryEvent): Membership => ({
  ...present,
  history: historyWith(present.history, event),
});

function entryOf(event: HistoryEvent): HistoryEntry {
  const { at } = event;
  switch (event.kind) {
    case 'became-member': {
      const kind = hasMoved(event.hive, event.before) ? 'moved' : 'joined';
      return { ...blankOf(event.hive, at), kind, tookMs: event.tookMs, certificateEndsAt: endOf(event.hive) };
    }
    case 'renewed':
      return {
        ...blankOf(event.hive, at),
        kind: 'renewed',
        tookMs: event.tookMs,
        certificateEndsAt: endOf(event.hive),
      };
    case 'renewal-failed':
      return { ...blankOf(event.hive, at), kind: 'renewal-failed', obstacle: obstacleFact(event.obstacle) };
    case 'join-failed': {
      const { hiveName, issuer } = event.order;
      return { ...blank(at, hiveName, issuer.url), kind: 'join-failed', obstacle: obstacleFact(event.obstacle) };
    }
    case 'left':
      return { ...blankOf(event.hive, at), kind: 'left' };
    case 'ended':
      return { ...blankOf(event.hive, at), kind: 'ended', obstacle: endingOf(event.hive) };
  }
}

type Blank = Omit<HistoryEntry, 'kind'>;

const blank = (at: number, hiveName: string | null, url: string): Blank => ({
  at,
  hiveName,
  issuer: URL.parse(url)?.host ?? url,
  tookMs: null,
  certificateEndsAt: null,
  obstacle: null,
  times: 1,
});

const blankOf = ({ hiveName, parent }: HiveRecord, at: number): Blank => blank(at, hiveName, parent.url);

const endOf = ({ chain }: HiveRecord): number => lifetimeOf(chain.certificate).expiresAtMs;

/** A membership that goes on at another parent; after an end, or in another hive, it is a new one. */
const hasMoved = (hive: HiveRecord, before: HiveRecord | null): boolean =>
  before !== null &&
  before.anchor === hive.anchor &&
  (before.ended === null || isUnproven(before)) &&
  before.parent.publicKey !== hive.parent.publicKey;

/** The word of the list, or of the parent, that this membership counts no more. */
function endingOf({ ended }: HiveRecord): HistoryEntry['obstacle'] {
  if (ended?.kind === 'revoked') {
    return { kind: 'refused', code: 'revoked', said: ended.reason === '' ? null : ended.reason };
  }
  return { kind: 'refused', code: 'lapsed-too-long', said: null };
}

/** Whether an event is the one before once more. Only failures and endings come in rows. */
function isSame(newest: HistoryEntry, entry: HistoryEntry): boolean {
  if (newest.kind !== entry.kind || newest.issuer !== entry.issuer) return false;
  const [some, other] = [newest.obstacle, entry.obstacle];
  if (some === null || other === null || some.kind !== other.kind || some.code !== other.code) return false;
  return entry.kind === 'ended' || some.said === other.said;
}
