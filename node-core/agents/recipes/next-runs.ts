import { Cron } from 'croner';
import { FailureError } from '../../api/failures.ts';
import { cronOf, type Rhythm } from '../../protocol/recipes/rhythm.ts';

/** A rhythm in a time zone. */
export interface Times {
  readonly rhythm: Rhythm;
  /** IANA time zone. */
  readonly zone: string;
}

/**
 * The next times after `after`, ms since the epoch, at most `count`; none if there are no more. A time that does not exist
 * on a day is the moment at which the clocks go forward; one that exists twice counts once, the first time. Throws `invalid-input` for text that is no cron, or a zone that is none.
 */
export function nextRuns({ rhythm, zone }: Times, after: number, count: number): readonly number[] {
  requireZone(zone);
  return open(cronOf(rhythm), zone)
    .nextRuns(count, new Date(after))
    .map((date) => date.getTime());
}

function requireZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch (cause) {
    const reason = 'no time zone that is known here';
    throw new FailureError({ kind: 'invalid-input', field: 'zone', reason }, { cause });
  }
}

/** Five fields: what would come every second is no schedule. Paused, so that it keeps no timer. */
function open(text: string, timezone: string): Cron {
  try {
    return new Cron(text, { timezone, paused: true, mode: '5-part' });
  } catch (cause) {
    const reason = `not cron text of five fields (${cause instanceof Error ? cause.message.slice(0, 200) : 'unreadable'})`;
    throw new FailureError({ kind: 'invalid-input', field: 'rhythm', reason }, { cause });
  }
}
