const linkProtocols = new Set(['http:', 'https:', 'mailto:']);

/**
 * What an address in an answer may become. Links lead to the web or to a mail; pictures are shown only when the answer
 * carries them itself, because loading one from elsewhere tells a stranger that the answer was read.
 * @param key `href` of a link, `src` of a picture
 * @returns the address, or `null` to leave it out
 */
export function safeUrl(url: string, key: string): string | null {
  if (key === 'src') return /^data:image\/(png|jpeg|webp|gif);base64,/i.test(url) ? url : null;
  try {
    const parsed = new URL(url);
    return linkProtocols.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
