import { z } from 'zod';

const netLogSchema = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(z.object({ type: z.number(), params: z.record(z.string(), z.unknown()).optional() })),
});

/** What a Chromium has reached for its pages, by its own net log. */
export interface NetLog {
  /** Of requests that a page made, or that opened one. Those that Chromium makes of its own accord are not a page's. */
  readonly urls: readonly string[];
  /** `address:port` of every TCP connection that was tried, whoever wanted it. */
  readonly connections: readonly string[];
  /** Names that were looked up for a page. */
  readonly names: readonly string[];
  /** Names that the network was asked for, whoever wanted them. */
  readonly resolved: readonly string[];
}

type Event = z.infer<typeof netLogSchema>['events'][number];

/**
 * Reads what `--log-net-log` has written; Chromium finishes the file when it ends.
 * @param pageSite scheme and host of the pages, `http://127.0.0.1`
 */
export function readNetLog(text: string, pageSite: string): NetLog {
  const { constants, events } = netLogSchema.parse(JSON.parse(text));
  const ofType = (name: string): readonly Event[] => {
    const type = constants.logEventTypes[name];
    if (type === undefined) throw new Error(`This Chromium does not log ${name}.`);
    return events.filter((event) => event.type === type && event.params !== undefined);
  };
  const values = (chosen: readonly Event[], name: string): string[] =>
    chosen.map(({ params }) => params?.[name]).filter((value) => typeof value === 'string');
  const isOfPage = ({ params }: Event): boolean =>
    ['initiator', 'network_isolation_key', 'network_anonymization_key', 'site_for_cookies', 'url'].some((name) =>
      JSON.stringify(params?.[name] ?? '').includes(pageSite),
    );
  return {
    urls: values(ofType('URL_REQUEST_START_JOB').filter(isOfPage), 'url').filter((url) => /^(http|ws)s?:/.test(url)),
    connections: values(ofType('TCP_CONNECT_ATTEMPT'), 'address'),
    names: values(ofType('HOST_RESOLVER_MANAGER_REQUEST').filter(isOfPage), 'host'),
    resolved: values(ofType('HOST_RESOLVER_MANAGER_JOB'), 'host'),
  };
}
