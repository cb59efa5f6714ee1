import type { Clock } from '../../protocol/ports/clock.ts';
import type { HiveRecord } from './membership-record.ts';
import type { ParentLine } from './parent-line.ts';

/** The issuer gets so long to hear that this node leaves, ms. */
const tellingMs = 5_000;

/** Tells the issuer that this node leaves. @returns whether it took note; never rejects */
export async function tellIssuer(hive: HiveRecord, line: ParentLine, clock: Pick<Clock, 'after'>): Promise<boolean> {
  const abort = new AbortController();
  const timer = clock.after(tellingMs, () => abort.abort());
  try {
    const answer = await line.ask(hive, {
      method: 'POST',
      path: '/leave',
      body: {},
      signed: 'node',
      presentsChain: true,
      signal: abort.signal,
    });
    return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  } catch {
    // It was aborted: the issuer finds out when the certificate ends.
    return false;
  } finally {
    timer.cancel();
  }
}
