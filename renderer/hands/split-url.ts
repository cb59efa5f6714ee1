/** An address in the parts that are shown apart: together they are the whole address. */
export interface SplitUrl {
  readonly before: string;
  /** Who is asked, without what stands before an "@": that is a name, whatever it looks like. */
  readonly host: string;
  readonly after: string;
}

/** Finds the host in an address as it is written (RFC 3986, section 3.2). Pure. */
export function splitUrl(url: string): SplitUrl {
  const found = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#\\]*@)?)([^/?#\\]*)([\s\S]*)$/i.exec(url);
  if (!found) return { before: url, host: '', after: '' };
  const [, before = '', host = '', after = ''] = found;
  return { before, host, after };
}
