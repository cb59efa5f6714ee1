import path from 'node:path';
import { createGuide, type Guide } from '../../../node-core/agents/guide/create-guide.ts';
import { type Help, loadHelp } from '../../../node-core/agents/guide/load-help.ts';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import { statusView } from '../../builders/status-view.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

/** The help that comes with Nunba. */
const helpFolder = path.join(import.meta.dirname, '../../../resources/help');

/** When the tests' Guide is asked, ms since the epoch. */
export const askedAt = Date.UTC(2026, 0, 5, 12);

/** What the tests' node says about itself, three hours after its start. */
export const status = statusView({
  startedAt: askedAt - 3 * 60 * 60 * 1000,
  at: askedAt,
  dataFolder: '/home/mia/Documents/Nunba/data',
  address: 'http://127.0.0.1:6777',
  runningTurns: 1,
});

/** The shipped help; every file has to be good. */
export async function shippedHelp(): Promise<Help> {
  const log = createRecordedLog();
  const help = await loadHelp(helpFolder, log);
  if (log.lines.length > 0) throw new Error(`damaged help: ${JSON.stringify(log.lines)}`);
  return help;
}

/** A Guide over the shipped help. */
export function openGuide(facts: () => Promise<StatusView> = async () => status, folder = helpFolder): Guide {
  return createGuide({ helpFolder: folder, facts, clock: createFakeClock(askedAt), log: createRecordedLog() });
}
