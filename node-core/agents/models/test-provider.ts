import dns from 'node:dns/promises';
import net from 'node:net';
import type { TestReport } from '../../api/model-views.ts';
import {
  CertificateRefusal,
  connectTimeoutMs,
  hostNameOf,
  isSelfSigned,
  openTcp,
  openTls,
  portOf,
} from '../../platform/open-socket.ts';
import { errorCode } from '../../platform/socket-error.ts';
import { locateHost } from '../../protocol/location.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { normaliseBaseUrl } from './base-url.ts';
import { trustOf } from './endpoint.ts';
import type { ProviderAccess } from './language-model.ts';
import { findOtherAddress } from './other-addresses.ts';
import { testAnswer } from './test-answer.ts';
import { testModelList } from './test-model-list.ts';
import { TestEnd, TestSteps } from './test-steps.ts';
import type { TestMeans, TestSubject } from './test-subject.ts';

/**
 * Tries a provider step by step: address, name look-up, connection, certificate, HTTP, key, models, one answer. Ends at
 * the first that fails, says what it was and proposes what mends it; an address that is proposed was tried before.
 * Stores nothing.
 *
 * @throws the breaker's refusal where a model would have to be asked; the reason of `means.signal`
 */
export async function testProvider(subject: TestSubject, means: TestMeans): Promise<TestReport> {
  const steps = new TestSteps(means.clock);
  try {
    const url = await steps.take('address', () => checkAddress(subject.access, means.ownPorts));
    const access = { ...subject.access, url: url.href.replace(/\/$/, '') };
    await lookUp(url, steps, means.clock);
    const tcp = await steps.take('connect', () => connect(url, means));
    const socket = await secure(tcp, access, steps, means);
    const model = await testModelList({ access, model: subject.model }, socket, steps, means);
    await steps.take('answer', () => testAnswer(access, model, steps.models, means));
    return steps.report(null);
  } catch (error) {
    means.signal.throwIfAborted();
    if (error instanceof TestEnd) return steps.report(error);
    throw error;
  }
}

function checkAddress(access: ProviderAccess, ownPorts: readonly number[]): URL {
  const normal = normaliseBaseUrl(access.kind, access.url);
  if (normal.kind === 'bad') throw new TestEnd({ kind: 'bad-address', reason: normal.reason }, { kind: 'edit-url' });
  const url = new URL(normal.url);
  if (isOwnAddress(url, ownPorts)) throw new TestEnd({ kind: 'own-address' }, { kind: 'edit-url' });
  return url;
}

/** Whether an address is one of this node's own: asking it would ask ourselves, for ever. */
export function isOwnAddress(url: URL, ownPorts: readonly number[]): boolean {
  const host = hostNameOf(url);
  const isHere = locateHost(host).kind === 'this-computer' || host === '0.0.0.0' || host === '::';
  return isHere && ownPorts.includes(portOf(url));
}

async function lookUp(url: URL, steps: TestSteps, clock: Clock): Promise<void> {
  const host = hostNameOf(url);
  if (net.isIP(host) !== 0) return steps.skip('dns');
  const unknown = new TestEnd({ kind: 'dns', host }, { kind: 'edit-url' });
  await steps.take('dns', async () => {
    const { promise: tooLong, reject } = Promise.withResolvers<never>();
    const timer = clock.after(connectTimeoutMs, () => reject(unknown));
    try {
      await Promise.race([dns.lookup(host), tooLong]);
    } catch {
      throw unknown;
    } finally {
      timer.cancel();
    }
  });
}

async function connect(url: URL, { clock, signal }: TestMeans): Promise<net.Socket> {
  try {
    return await openTcp(url, clock, signal);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ECONNREFUSED') {
      throw new TestEnd({ kind: 'refused', host: hostNameOf(url), port: portOf(url) }, { kind: 'test-again' });
    }
    throw connectionLost(url, error, connectTimeoutMs / 1000);
  }
}

const isTooLate = (error: unknown): boolean => ['', 'ETIMEDOUT'].includes(errorCode(error));

/** How a connection ended that came to nothing: too late, or by an error of the system. */
function connectionLost(url: URL, error: unknown, seconds: number): TestEnd {
  const code = errorCode(error);
  const fix = { kind: 'test-again' } as const;
  if (isTooLate(error)) return new TestEnd({ kind: 'timeout', host: url.host, seconds }, fix);
  const detail = `The connection failed (${code}).`;
  return new TestEnd({ kind: 'other', host: url.host, status: null, detail }, fix);
}

async function secure(
  tcp: net.Socket,
  access: ProviderAccess,
  steps: TestSteps,
  means: TestMeans,
): Promise<net.Socket> {
  const url = new URL(access.url);
  if (url.protocol !== 'https:') {
    steps.skip('tls');
    return tcp;
  }
  return steps.take('tls', async () => {
    try {
      return await openTls(tcp, url, trustOf(access), means.clock);
    } catch (error) {
      tcp.destroy();
      throw await certificateEnd(access, error, means);
    }
  });
}

async function certificateEnd(access: ProviderAccess, error: unknown, means: TestMeans): Promise<TestEnd> {
  const url = new URL(access.url);
  if (error instanceof CertificateRefusal) {
    const { fingerprint, code } = error;
    if (isSelfSigned(error)) {
      const problem = { kind: 'self-signed', host: url.host, fingerprint } as const;
      return new TestEnd(problem, { kind: 'trust-certificate', fingerprint });
    }
    return new TestEnd({ kind: 'tls', host: url.host, reason: tlsReasons[code] ?? code }, { kind: 'edit-url' });
  }
  if (isTooLate(error)) return connectionLost(url, error, connectTimeoutMs / 1000);
  const other = await findOtherAddress(access, null, means.clock, means.signal);
  const reason = 'what answers there does not speak TLS';
  return new TestEnd(
    { kind: 'tls', host: url.host, reason },
    other === null ? { kind: 'edit-url' } : { kind: 'use-url', url: other },
  );
}

const tlsReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; check this computer’s clock',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_REVOKED: 'its certificate was revoked',
};
