import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import { writeFileAtomically } from '../../platform/atomic-file.ts';
import { errorCode } from '../../platform/socket-error.ts';
import { pinOf } from './pin.ts';
import { makeCertificate } from './self-made-certificate.ts';

/** What a TLS listener shows. */
export interface TlsCertificate {
  /** PEM, private. */
  readonly key: string;
  /** PEM; the leaf first. */
  readonly certificate: string;
  /** SHA-256 of the leaf's public key (SPKI), hex. */
  readonly pin: string;
  /** Whose pin goes into links and invites; others are vouched for by the system's roots. */
  readonly isSelfMade: boolean;
}

const dayMs = 24 * 60 * 60_000;
/** How long a self-made certificate counts, ms: the most that browsers take. */
export const selfMadeLifetimeMs = 398 * dayMs;
/** When it is made anew, ms before its end. */
const remadeBeforeMs = 30 * dayMs;
/** It begins earlier, ms, for callers whose clock is behind. */
const headStartMs = dayMs;
/** How this computer itself asks for the listener. */
const ownNames = ['localhost', '127.0.0.1', '::1'];

/** Where a self-made certificate is kept and what for. */
export interface SelfMadeOptions {
  /** `<data>/identity/tls` */
  readonly folder: string;
  /** Hosts of the public addresses; those of this computer come with them. */
  readonly hosts: readonly string[];
  /** ms since the epoch */
  readonly nowMs: number;
}

/**
 * The node's own certificate: as it is kept, or made anew when it is about to end or lacks a name, always with the same
 * key, because the pin of that key is in invites and memberships. Rejects with a FailureError `identity-unreadable` if
 * the key cannot be read; it is never replaced.
 */
export async function selfMadeCertificate({ folder, hosts, nowMs }: SelfMadeOptions): Promise<TlsCertificate> {
  const key = await ownKey(path.join(folder, 'key.pem'));
  const file = path.join(folder, 'certificate.pem');
  const names = [...new Set([...ownNames, ...hosts.map((host) => host.replace(/^\[|\]$/g, '').toLowerCase())])];
  const kept = keptCertificate(file);
  const isGood =
    kept?.checkPrivateKey(key) === true &&
    Date.parse(kept.validFrom) <= nowMs &&
    Date.parse(kept.validTo) - nowMs > remadeBeforeMs &&
    names.every((name) => isNamed(kept, name));
  const shown = isGood ? kept : await makeAndKeep(file, key, names, nowMs);
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key: pem, certificate: shown.toString(), pin: pinOf(shown), isSelfMade: true };
}

const isNamed = (kept: X509Certificate, name: string): boolean =>
  (net.isIP(name) === 0 ? kept.checkHost(name) : kept.checkIP(name)) !== undefined;

async function makeAndKeep(
  file: string,
  key: KeyObject,
  names: readonly string[],
  nowMs: number,
): Promise<X509Certificate> {
  const startsAtMs = nowMs - headStartMs;
  const text = makeCertificate({ key, names, startsAtMs, endsAtMs: startsAtMs + selfMadeLifetimeMs });
  await writeFileAtomically(file, text);
  return new X509Certificate(text);
}

async function ownKey(file: string): Promise<KeyObject> {
  try {
    const key = createPrivateKey(fs.readFileSync(file, 'utf8'));
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('it is no key of ECDSA P-256');
    return key;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      const reason = reasonOf(error);
      throw new FailureError({ kind: 'identity-unreadable', path: file, reason }, { cause: error });
    }
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await writeFileAtomically(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return privateKey;
}

/** What cannot be read is made anew: only the key matters. */
function keptCertificate(file: string): X509Certificate | null {
  try {
    return new X509Certificate(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Two files of a steward's own. */
export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** ms since the epoch */
  readonly nowMs: number;
}

/**
 * Reads `--tls-cert` and `--tls-key`. Throws a FailureError `config-invalid`, named after the flag at fault: unreadable,
 * ended, not a pair.
 */
export function readTlsFiles({ certificateFile, keyFile, nowMs }: TlsFiles): TlsCertificate {
  const invalid = (name: string, source: string, reason: string, cause?: unknown): FailureError =>
    new FailureError({ kind: 'config-invalid', name, source: source.slice(0, 200), reason }, { cause });
  const read = <T>(
    name: string,
    file: string,
    parse: (text: string) => T,
  ): { readonly text: string; readonly value: T } => {
    try {
      const text = fs.readFileSync(file, 'utf8');
      return { text, value: parse(text) };
    } catch (error) {
      throw invalid(name, file, `it cannot be read (${reasonOf(error)})`, error);
    }
  };
  const shown = read('--tls-cert', certificateFile, (text) => new X509Certificate(text));
  const key = read('--tls-key', keyFile, (text) => createPrivateKey(text));
  if (!shown.value.checkPrivateKey(key.value))
    throw invalid('--tls-key', keyFile, 'it is not the key of the certificate');
  if (Date.parse(shown.value.validTo) <= nowMs) {
    throw invalid(
      '--tls-cert',
      certificateFile,
      `it ended on ${new Date(shown.value.validTo).toISOString().slice(0, 10)}`,
    );
  }
  return { key: key.text, certificate: shown.text, pin: pinOf(shown.value), isSelfMade: false };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
