import { locateHost } from '../location.ts';

/** Where proxies are named: by the person, and by the environment in its usual names, in either case. */
export interface ProxySources {
  /** The person's own address; `null`: the environment decides. */
  readonly setting: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The proxy for an address, or `null`: it is asked directly. `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` count as
 * curl reads them, save that networks (`10.0.0.0/8`) in `NO_PROXY` are not understood. This computer is always asked directly.
 * A proxy that is no http or https address counts as none.
 */
export function chooseProxy(url: URL, { setting, environment }: ProxySources): URL | null {
  if (locateHost(url.hostname).kind === 'this-computer') return null;
  const named = (name: string): string => environment[name.toLowerCase()] || environment[name] || '';
  if (isExempt(url, named('NO_PROXY'))) return null;
  if (setting !== null) return readProxy(setting);
  return readProxy(named(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || named('ALL_PROXY'));
}

/** The address of a proxy, `null` if it cannot be one. `proxy.example:3128` means http. */
export function readProxy(text: string): URL | null {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = text.trim() !== '' && URL.canParse(whole) ? new URL(whole) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null;
}

function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const entries = list.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => {
    if (entry === '' || entry === '*') return entry === '*';
    const [, name = '', , itsPort] = /^\[?(.*?)(\]?:(\d+))?\]?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
    if (itsPort !== undefined && itsPort !== port && !isIpv6(entry)) return false;
    const exempt = isIpv6(entry) ? entry.replace(/^\[|\]$/g, '') : name;
    return host === exempt || host.endsWith(`.${exempt}`);
  });
}

/** Without a port: `::1`, `[::1]`. */
const isIpv6 = (entry: string): boolean => /^\[[^\]]*\]$/.test(entry) || entry.split(':').length > 2;
