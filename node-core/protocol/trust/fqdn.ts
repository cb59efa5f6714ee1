/** Syntax of DNS names (RFC 1123, section 2.1; RFC 5890 for what `xn--` says). Nothing is looked up here. */

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const longestName = 253;

/**
 * A fully qualified domain name in lower case and without the last dot, or `null` if the text is none: two labels at
 * least, and a last one that is no number, so that no IP address is taken for a name.
 */
export function readFqdn(text: string): string | null {
  const name = text.toLowerCase().replace(/\.$/, '');
  if (name.length > longestName) return null;
  const labels = name.split('.');
  if (labels.length < 2 || !labels.every((part) => label.test(part))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : name;
}

/** A suffix as a steward writes it, `.example.org` or `example.org`: with its dot, in lower case; `null` if it is none. */
export function readDomainSuffix(text: string): string | null {
  const name = readFqdn(text.replace(/^\./, ''));
  return name === null ? null : `.${name}`;
}

/** Whether a name stands below a suffix. Both as read here; the suffix itself is not below it. */
export const isBelow = (fqdn: string, suffix: string): boolean => fqdn.endsWith(suffix) && fqdn.length > suffix.length;
