import { isDeepStrictEqual } from 'node:util';
import type { CallHandlers, Sink } from '../api/contract.ts';
import type { DeskView } from '../api/trust-views.ts';
import { describeError } from '../protocol/describe-error.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';

/** How often a watched desk is looked at: requests come from outside, and from other processes of central, ms. */
const lookEveryMs = 2_000;

/** What is watched. */
export interface WatchedDesk {
  readonly calls: Pick<CallHandlers, 'authority.listInvites' | 'authority.listRequests' | 'authority.listMembers'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Told when something here may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
}

/** Tells the desk as it is, then each time that it has changed. Rejects where there is none. */
export async function watchDesk(desk: WatchedDesk, sink: Sink<DeskView>): Promise<() => void> {
  let told: DeskView | null = null;
  let isOver = false;
  let isLooking = false;
  /** A desk that ends while it is watched stays closed for long; that is worth one line. */
  let isFailing = false;
  const look = async (): Promise<void> => {
    const present = await readDesk(desk.calls);
    if (isOver || isDeepStrictEqual(present, told)) return;
    told = present;
    sink.next(present);
  };
  const lookAgain = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      await look();
      isFailing = false;
    } catch (error) {
      if (!isFailing) desk.log.warn({ error: describeError(error) }, 'The desk could not be read.');
      isFailing = true;
    } finally {
      isLooking = false;
    }
  };
  await look();
  const end = desk.onChange(() => void lookAgain());
  const timer = desk.clock.every(lookEveryMs, () => void lookAgain());
  return () => {
    isOver = true;
    end();
    timer.cancel();
  };
}

async function readDesk(calls: WatchedDesk['calls']): Promise<DeskView> {
  const [invites, requests, members] = await Promise.all([
    calls['authority.listInvites']({}),
    calls['authority.listRequests']({}),
    calls['authority.listMembers']({}),
  ]);
  return { ...invites, ...requests, ...members };
}
