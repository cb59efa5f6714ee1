import type { ReportBug } from '../api/server.ts';
import type { Log } from '../protocol/ports/log.ts';

/** Logs what nobody foresaw; the person is told the incident alone. */
export function createBugReport(log: Log, ids: () => string): ReportBug {
  return (error, where) => {
    const incident = ids().slice(-12);
    log.error({ incident, where, error }, `Something went wrong in ${where} (${incident}).`);
    return incident;
  };
}
