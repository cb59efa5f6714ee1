/** How this computer itself reaches a listener on `host`, as in a URL: "all addresses" is no address. */
export function ownAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
