const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

/** The variables of this process that name proxies, in either case; no others. */
export function proxyEnvironment(): Readonly<Record<string, string | undefined>> {
  const both = names.flatMap((name) => [name, name.toLowerCase()]);
  return Object.fromEntries(both.map((name) => [name, process.env[name]]));
}
