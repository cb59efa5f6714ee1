/** The one-time token of an address like `http://127.0.0.1:6777/#token=abc`, or `null`. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || null;
}

/**
 * Exchanges the one-time token in the page's address for the session cookie and takes it out of the address bar and
 * the history. Whether the session holds shows when the channel is opened, so a refusal here is not an error: the
 * page may have been reloaded with a session that still counts.
 */
export async function openSession(page: Window = window): Promise<void> {
  const token = tokenOf(page.location.hash);
  if (token === null) return;
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search);
  await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'same-origin',
  }).catch(() => undefined);
}
