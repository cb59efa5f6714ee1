import type { ModelsView } from '../../../node-core/api/model-views.ts';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import type { HistoryEntry, TrustView } from '../../../node-core/api/trust-views.ts';
import type { AccessFacts, HiveStanding } from '../../../node-core/protocol/who-can-read.ts';

/** What the rules of access are computed from, as it is now. */
export function accessFacts(trust: TrustView, models: ModelsView, status: StatusView): AccessFacts {
  const { chosen, providers } = models;
  return {
    chosen: chosen && { location: chosen.model.location, program: chosen.providerName },
    others: providers.filter(({ id }) => id !== chosen?.model.providerId).map(({ location }) => location),
    hive: standingOf(trust),
    isPaused: status.reasons.some(({ kind }) => kind === 'paused-by-person'),
    synchronisedBy: synchroniserOf(status),
  };
}

/** What leaves a record at a hive. */
const recorded: ReadonlySet<HistoryEntry['kind']> = new Set(['joined', 'renewed', 'moved', 'left', 'ended']);

function standingOf({ membership, application, history }: TrustView): HiveStanding {
  if (membership !== null && membership.ended === null) {
    return membership.parent === null
      ? { kind: 'central' }
      : { kind: 'member', parentHost: hostnameOf(membership.parent.url) };
  }
  if (application !== null) {
    const hasApplied = application.phase !== 'unconfirmed';
    return { kind: 'joining', host: hostnameOf(application.at), hasApplied };
  }
  const wasMember = membership !== null || history.some(({ kind }) => recorded.has(kind));
  return { kind: wasMember ? 'ended' : 'alone' };
}

/** Without brackets and port, as the places of models have it. */
const hostnameOf = (url: string): string => URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? url;

/** The program that synchronises the data folder, as the check of the disk has found it. */
function synchroniserOf({ checks }: StatusView): string | null {
  const found = checks.find(({ code, finding }) => code === 'disk' && finding === 'synchronised');
  return typeof found?.values.program === 'string' ? found.values.program : null;
}
