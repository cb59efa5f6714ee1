import { createHash, type X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../protocol/ports/clock.ts';
import { errorCode } from './socket-error.ts';

/** Longest wait for a connection, from the look-up of the name to the end of the TLS handshake. */
export const connectTimeoutMs = 10_000;

/** Whom to trust at the far end. */
export interface TlsTrust {
  /** The authorities that are known; absent: Node's own list. */
  readonly context?: tls.SecureContext;
  /**
   * Judges what was shown, before a byte of a request is sent.
   * @param isAuthorised a known authority vouches for it, and name and dates are right
   */
  accepts(shown: X509Certificate, isAuthorised: boolean): boolean;
}

/** The far end showed a certificate that is not trusted. Nothing was sent to it. */
export class CertificateRefusal extends Error {
  /** OpenSSL's or Node's name of the reason, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly code: string;
  /** SHA-256 of the certificate that was shown, lower-case hex. */
  readonly fingerprint: string;

  constructor(code: string, fingerprint: string) {
    super(code);
    this.name = 'CertificateRefusal';
    this.code = code;
    this.fingerprint = fingerprint;
  }
}

/** The port of a base address, the scheme's own if it names none. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/** Host name without the brackets of IPv6. */
export function hostNameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/**
 * Opens a TCP connection to host and port of `url`. Aborting `signal` destroys the socket at once, also later. Rejects
 * with a system error; `ETIMEDOUT` after 10 s.
 */
export async function openTcp(url: URL, clock: Clock, signal: AbortSignal): Promise<net.Socket> {
  signal.throwIfAborted();
  const socket = net.connect({ host: hostNameOf(url), port: portOf(url), noDelay: true });
  const abort = (): void => void socket.destroy(abortError(signal));
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
  await settled(socket, 'connect', clock);
  return socket;
}

/**
 * Makes the connection safe. The certificate is judged here, before a byte of a request is sent. Rejects with a
 * CertificateRefusal or a system error.
 */
export async function openTls(socket: net.Socket, url: URL, trust: TlsTrust, clock: Clock): Promise<tls.TLSSocket> {
  const host = hostNameOf(url);
  const safe = tls.connect({
    socket,
    host,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ...(trust.context ? { secureContext: trust.context } : {}),
    ALPNProtocols: ['http/1.1'],
    // Judged below: a refusal here would hide the certificate that the caller may trust for a reason of its own.
    rejectUnauthorized: false,
  });
  socket.once('close', () => safe.destroy());
  await settled(safe, 'secureConnect', clock);
  const shown = safe.getPeerX509Certificate();
  if (shown && trust.accepts(shown, safe.authorized)) return safe;
  safe.destroy();
  throw new CertificateRefusal(refusalCode(safe.authorizationError), shown ? fingerprintOf(shown) : '');
}

/** SHA-256 of a certificate, lower-case hex. */
export function fingerprintOf(shown: X509Certificate): string {
  return createHash('sha256').update(shown.raw).digest('hex');
}

/** Whether the certificate merely has no known issuer, so that trusting its fingerprint mends it. */
export function isSelfSigned(refusal: CertificateRefusal): boolean {
  return /SELF_SIGNED|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/.test(refusal.code);
}

/** Node types the reason as an Error, but gives the code as a string. */
const refusalCode = (reason: unknown): string =>
  typeof reason === 'string' ? reason : errorCode(reason) || 'CERT_UNTRUSTED';

const abortError = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError');

async function settled(socket: net.Socket, event: 'connect' | 'secureConnect', clock: Clock): Promise<void> {
  const tooLate = Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
  const timer = clock.after(connectTimeoutMs, () => socket.destroy(tooLate));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const closed = (): void => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  socket.once(event, resolve).once('error', reject).once('close', closed);
  try {
    await promise;
  } finally {
    timer.cancel();
    socket.off(event, resolve).off('error', reject).off('close', closed);
    // An error that comes when nobody waits any more shows at the next read or write.
    socket.on('error', () => undefined);
  }
}
