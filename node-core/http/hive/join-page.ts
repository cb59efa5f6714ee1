import fs from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

/** Name of a file in `resources/join`, its address and its type. */
const files = [
  ['join.html', '/join', 'text/html; charset=utf-8'],
  ['join.css', '/join/join.css', 'text/css; charset=utf-8'],
  ['join.js', '/join/join.js', 'text/javascript; charset=utf-8'],
  ['uqr.js', '/join/uqr.js', 'text/javascript; charset=utf-8'],
] as const;

/** Nothing from elsewhere, no frame, nothing sent: the link stands in the fragment and stays in the page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * The page that a link to this issuer opens (protocol.md, section 3): it makes the `nunba:` link and its QR code from the
 * fragment of its own address, which browsers send to nobody. Read once, when the listener is made.
 */
export async function addJoinPage(app: FastifyInstance, folder: string): Promise<void> {
  for (const [name, address, type] of files) {
    const content = await fs.readFile(path.join(folder, name));
    app.get(address, async (_, reply) =>
      reply
        .type(type)
        .headers({
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cache-control': 'no-cache',
        })
        .send(content),
    );
  }
}
