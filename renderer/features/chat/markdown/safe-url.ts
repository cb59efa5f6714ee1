const protocols = new Set(['http:', 'https:', 'mailto:']);

/** An address of an answer if it leads to the web or to a mail, else `null`. */
export function safeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return protocols.has(parsed.protocol) ? parsed.href : null;
}
