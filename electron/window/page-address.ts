import path from 'node:path';

/** The scheme and host under which the shell serves the page. */
export const pageScheme = 'app';
export const pageOrigin = `${pageScheme}://nunba`;

/** Whether an address is one of the page's own. */
export function isPageAddress(address: string): boolean {
  return URL.canParse(address) && originOf(new URL(address)) === pageOrigin;
}

/**
 * The file below `folder` that an address of the page names, or `null` where it names none: another host, a way out of
 * the folder, a hidden file.
 */
export function pageFile(folder: string, address: string): string | null {
  if (!isPageAddress(address)) return null;
  const name = decode(new URL(address).pathname);
  if (name === null || /[\0\\]/.test(name)) return null;
  const parts = name.split('/').filter(Boolean);
  if (parts.some((part) => part.startsWith('.') || part.includes(':'))) return null;
  return path.join(folder, ...(parts.length > 0 ? parts : ['index.html']));
}

/** `URL.origin` is `null` for schemes that the standard does not know. */
function originOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function decode(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}
