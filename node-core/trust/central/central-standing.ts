import { randomBytes } from 'node:crypto';
import { describeFailure } from '../../api/failure-sentences.ts';
import { failureOf } from '../../api/failures.ts';
import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { type Certificate, type CertificateBody, lifetimeMs } from '../../protocol/trust/certificate.ts';
import { readWireTime, toWireTime } from '../../protocol/trust/wire-time.ts';
import type { Issuer, IssuerStanding } from '../authority/issuer-standing.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { SignerClient } from '../signer/signer-client.ts';
import type { CertificateFile } from './certificate-file.ts';

export interface CentralStandingOptions {
  readonly identity: Pick<NodeIdentity, 'publicKey'>;
  readonly signer: SignerClient;
  readonly file: CertificateFile;
  /** `node_id` of the certificate; printable ASCII, at most 200. */
  readonly nodeName: string;
  /** `region_name`; the same alphabet, may be empty. */
  readonly hiveName: string;
  /** At central the hive's time is its own. */
  readonly clock: Clock;
  /** 0 <= x < 1, for the jitter of renewals. */
  readonly random: () => number;
  readonly log: Log;
}

/** The standing of one central process: its node key speaks for the hive with a certificate of tier `central`. */
export interface CentralStanding extends Issuer {
  /**
   * Resolves with the first standing: at once where a certificate was kept, else when the signer has signed one. Rejects
   * if it has no key, or refuses to sign one before there was any.
   */
  first(): Promise<IssuerStanding>;
  /** `null`: the last try worked. One sentence otherwise. */
  obstacle(): string | null;
  /** Told when the standing or the obstacle has changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Ends the renewals. Idempotent. */
  stop(): void;
}

/** First wait after a try that did not work: while there is no certificate, and while there is one; ms. */
const firstWaitMs = { without: 1_000, with: 60_000 } as const;
const longestWaitMs = { without: 60_000, with: 3_600_000 } as const;
/** A renewal comes up to this part of half the lifetime earlier. */
const jitterPart = 0.1;

/**
 * Gets the certificate from the signer, keeps it, and renews it by itself from half of its life (protocol.md, sections 2
 * and 3). A kept one that is still good serves while the signer cannot be reached.
 */
export async function openCentralStanding(options: CentralStandingOptions): Promise<CentralStanding> {
  const kept = await options.file.read();
  return new SignedStanding(options, kept?.public_key === options.identity.publicKey ? kept : null);
}

class SignedStanding implements CentralStanding {
  readonly #options: CentralStandingOptions;
  readonly #listeners = new Set<() => void>();
  readonly #first = Promise.withResolvers<IssuerStanding>();
  #certificate: Certificate | null;
  #obstacle: string | null = null;
  #timer: Timer | null = null;
  #tries = 0;
  #isStopped = false;

  constructor(options: CentralStandingOptions, kept: Certificate | null) {
    this.#options = options;
    this.#certificate = kept;
    // Who does not ask for the first one learns of a refusal as an obstacle.
    this.#first.promise.catch(() => undefined);
    const standing = this.standing();
    if (standing !== null) this.#first.resolve(standing);
    this.#plan(standing === null || kept === null ? 0 : this.#renewsInMs(kept));
  }

  standing(): IssuerStanding | null {
    const certificate = this.#certificate;
    if (certificate === null || this.#options.clock.now() > endOf(certificate)) return null;
    const { signer } = this.#options;
    const { hive } = certificate;
    return {
      hive,
      issues: 'regional',
      parentKey: hive,
      processChain: { certificate, issuers: [] },
      issuersOfLeaf: [],
      notAfterMs: Number.POSITIVE_INFINITY,
      signCertificate: (body) => signer.signCertificate(body),
      signRevocations: (list) => signer.signRevocations(list),
    };
  }

  first(): Promise<IssuerStanding> {
    return this.#first.promise;
  }

  obstacle(): string | null {
    return this.#obstacle;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  #plan(waitMs: number): void {
    if (this.#isStopped) return;
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(waitMs, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    try {
      const certificate = await this.#obtain();
      await this.#options.file.write(certificate);
      this.#certificate = certificate;
      this.#obstacle = null;
      this.#tries = 0;
      this.#plan(this.#renewsInMs(certificate));
      const standing = this.standing();
      if (standing !== null) this.#first.resolve(standing);
    } catch (error) {
      if (this.#isStopped) return;
      const failure = failureOf(error);
      this.#obstacle =
        failure === null ? 'The certificate of this process could not be kept.' : describeFailure(failure);
      this.#options.log.warn({ error, tries: this.#tries }, 'Central could not renew its own certificate.');
      if (failure?.kind === 'signer-refused' || failure?.kind === 'master-key-unusable') this.#first.reject(error);
      this.#planRetry();
    }
    for (const listener of [...this.#listeners]) listener();
  }

  async #obtain(): Promise<Certificate> {
    const { identity, signer, nodeName, hiveName, clock } = this.#options;
    const anchor = await signer.anchor();
    const nowMs = clock.now();
    const body: CertificateBody = {
      node_id: nodeName,
      public_key: identity.publicKey,
      tier: 'central',
      region_name: hiveName,
      issued_at: toWireTime(nowMs),
      // In whole seconds both, so that the lifetime is never a second too long.
      expires_at: toWireTime(Math.floor(nowMs / 1000) * 1000 + lifetimeMs.central),
      capabilities: [],
      parent_public_key: anchor,
      hive: anchor,
      serial: randomBytes(16).toString('hex'),
    };
    return { ...body, parent_signature: await signer.signCertificate(body) };
  }

  #planRetry(): void {
    const state = this.standing() === null ? 'without' : 'with';
    this.#plan(Math.min(longestWaitMs[state], firstWaitMs[state] * 2 ** this.#tries));
    this.#tries = Math.min(this.#tries + 1, 20);
  }

  /** From now; 0: at once. */
  #renewsInMs(certificate: Certificate): number {
    const { clock, random } = this.#options;
    const beganMs = (readWireTime(certificate.issued_at) ?? 0) / 1000;
    const halfMs = (endOf(certificate) - beganMs) / 2;
    return Math.max(0, beganMs + halfMs * (1 - jitterPart * random()) - clock.now());
  }
}

/** ms since the epoch */
const endOf = (certificate: Certificate): number => (readWireTime(certificate.expires_at) ?? 0) / 1000;
