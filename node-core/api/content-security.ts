/** Where the page runs: over the node's HTTP server in a browser, or in the desktop app's window. */
export type PageHome = 'browser' | 'window';

/**
 * What the page may load and reach, for both shells (Content Security Policy Level 3): its own files and nothing else.
 * Styles may stand in elements, because the page's libraries put them there; scripts may not. The engine that colours
 * code is compiled in the page, which is what `wasm-unsafe-eval` allows; JavaScript is never made of text.
 */
export function contentSecurity(home: PageHome): Readonly<Record<string, readonly string[]>> {
  const own = home === 'browser' ? ["'self'"] : ["'none'"];
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'worker-src': ["'self'"],
    // In the window the page speaks with its node over a port: it reaches no address at all.
    'connect-src': own,
    'manifest-src': own,
    'form-action': own,
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
}

/** The same as the value of the header. */
export function contentSecurityHeader(home: PageHome): string {
  return Object.entries(contentSecurity(home))
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}
