import { createHash } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { type Failure, FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { errorCode } from './network-failure.ts';

/** Longest wait for a connection, from the look-up of the name to the end of the TLS handshake. */
export const connectTimeoutMs = 10_000;

/** Where to connect to and whom to trust there. */
export interface Endpoint {
  /** Base address; scheme, host and port count. */
  readonly url: URL;
  /** SHA-256 of the one self-signed certificate that is accepted besides those of known authorities. */
  readonly trustedCertificate: string | null;
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

/** Opens a TCP connection. Aborting `signal` destroys the socket at once, also later. Rejects with a system error. */
export async function openTcp(endpoint: Endpoint, clock: Clock, signal: AbortSignal): Promise<net.Socket> {
  signal.throwIfAborted();
  const socket = net.connect({ host: hostNameOf(endpoint.url), port: portOf(endpoint.url), noDelay: true });
  const abort = (): void => void socket.destroy(abortError(signal));
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
  await settled(socket, 'connect', { clock, host: endpoint.url.host });
  return socket;
}

/**
 * Makes the connection safe. The certificate is judged here, before a byte of a request is sent: a known authority and
 * the right name, or exactly the certificate that the person trusts. Rejects with a CertificateRefusal or a system error.
 */
export async function openTls(socket: net.Socket, endpoint: Endpoint, clock: Clock): Promise<tls.TLSSocket> {
  const host = hostNameOf(endpoint.url);
  const safe = tls.connect({
    socket,
    host,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    // Judged below: a refusal here would hide the fingerprint that the person may want to trust.
    rejectUnauthorized: false,
  });
  socket.once('close', () => safe.destroy());
  await settled(safe, 'secureConnect', { clock, host: endpoint.url.host });
  const fingerprint = createHash('sha256')
    .update(safe.getPeerX509Certificate()?.raw ?? '')
    .digest('hex');
  if (safe.authorized || fingerprint === endpoint.trustedCertificate) return safe;
  safe.destroy();
  throw new CertificateRefusal(refusalCode(safe.authorizationError), fingerprint);
}

/** Connects to an endpoint, with TLS if its scheme asks for it. */
export async function openSocket(endpoint: Endpoint, clock: Clock, signal: AbortSignal): Promise<net.Socket> {
  const socket = await openTcp(endpoint, clock, signal);
  return endpoint.url.protocol === 'https:' ? openTls(socket, endpoint, clock) : socket;
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

interface Wait {
  readonly clock: Clock;
  readonly host: string;
}

async function settled(socket: net.Socket, event: 'connect' | 'secureConnect', wait: Wait): Promise<void> {
  const timeout: Failure = { kind: 'model-unreachable', host: wait.host, cause: 'timeout' };
  const timer = wait.clock.after(connectTimeoutMs, () => socket.destroy(new FailureError(timeout)));
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
