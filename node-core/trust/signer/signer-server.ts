import { createHash } from 'node:crypto';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { signedBytes } from '../../protocol/trust/canonical.ts';
import { type CertificateBody, certificateBytes } from '../../protocol/trust/certificate.ts';
import type { RevocationList } from '../../protocol/trust/revocation-list.ts';
import { type SignerLink, speakLines } from './json-lines.ts';
import type { MasterKey } from './master-key.ts';
import type { SequenceStore } from './signed-sequence.ts';
import { type SignerReply, type SignerRequest, signerRequestSchema } from './signer-messages.ts';
import {
  isRecent,
  judgeCertificate,
  judgeRevocations,
  type SignerRecord,
  type SignerTerms,
  type SignerVerdict,
} from './signer-policy.ts';

export interface SignerOptions {
  readonly key: MasterKey;
  readonly centralKeys: ReadonlySet<string>;
  /** Regional certificates within any hour. */
  readonly perHour: number;
  readonly sequences: SequenceStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Signs what its policy allows, for every connection that it is given. */
export interface SignerServer {
  /** Serves until either side ends the connection. */
  serve(link: SignerLink): void;
}

/** More requests that wait end the connection. */
const maxWaiting = 1_000;

/** The number of certificates begins anew with the process; the sequence of revocation lists does not. */
export async function createSignerServer(options: SignerOptions): Promise<SignerServer> {
  return new PolicySigner(options, await options.sequences.read());
}

class PolicySigner implements SignerServer {
  readonly #options: SignerOptions;
  readonly #terms: SignerTerms;
  readonly #issued = new Map<string, number>();
  #revocations: SignerRecord['revocations'];
  #queue: Promise<void> = Promise.resolve();

  constructor(options: SignerOptions, revocations: SignerRecord['revocations']) {
    this.#options = options;
    this.#terms = { anchor: options.key.anchor, centralKeys: options.centralKeys, perHour: options.perHour };
    this.#revocations = revocations;
  }

  serve(link: SignerLink): void {
    let waiting = 0;
    const lines = speakLines(link, {
      take: (value) => {
        const request = signerRequestSchema.parse(value);
        waiting += 1;
        if (waiting > maxWaiting) throw new RangeError('Too much is asked at once.');
        // One after another, over all connections: the policy counts.
        this.#queue = this.#queue.then(async () => {
          lines.send(await this.#answer(request));
          waiting -= 1;
        });
      },
      ended: () => undefined,
    });
    const hello: SignerReply = { kind: 'hello', version: 1, anchor: this.#terms.anchor };
    lines.send(hello);
  }

  async #answer(request: SignerRequest): Promise<SignerReply> {
    try {
      return request.kind === 'certificate'
        ? this.#signCertificate(request.id, request.body)
        : await this.#signRevocations(request.id, request.list);
    } catch (error) {
      this.#options.log.error({ error }, 'The signer could not sign.');
      return { id: request.id, kind: 'failed' };
    }
  }

  #signCertificate(id: number, body: CertificateBody): SignerReply {
    const nowMs = this.#options.clock.now();
    this.#forget(nowMs);
    const bytes = certificateBytes(body);
    const digest = digestOf(bytes);
    const verdict = judgeCertificate(body, digest, this.#terms, { issued: this.#issued }, nowMs);
    const { public_key: publicKey, tier, serial } = body;
    if (verdict.kind === 'refuse') return this.#refuse(id, verdict, { publicKey, tier });
    if (tier === 'regional' && !this.#issued.has(digest)) this.#issued.set(digest, nowMs);
    this.#options.log.info({ publicKey, tier, serial }, 'Signed a certificate.');
    return { id, kind: 'signed', signature: this.#options.key.sign(bytes) };
  }

  async #signRevocations(id: number, list: RevocationList): Promise<SignerReply> {
    const bytes = signedBytes('revocation', list);
    const digest = digestOf(bytes);
    const { sequence } = list;
    const verdict = judgeRevocations(list, digest, this.#terms, { revocations: this.#revocations });
    if (verdict.kind === 'refuse') return this.#refuse(id, verdict, { sequence });
    // Kept before it is given away: after a crash no other list of this sequence is signed.
    if (this.#revocations?.digest !== digest) await this.#options.sequences.write({ sequence, digest });
    this.#revocations = { sequence, digest };
    this.#options.log.info({ sequence, entries: list.revoked.length }, 'Signed a revocation list.');
    return { id, kind: 'signed', signature: this.#options.key.sign(bytes) };
  }

  #refuse(
    id: number,
    { reason }: Extract<SignerVerdict, { kind: 'refuse' }>,
    fields: Readonly<Record<string, unknown>>,
  ): SignerReply {
    this.#options.log.warn({ ...fields, reason }, 'Refused to sign.');
    return { id, kind: 'refused', reason };
  }

  /** The oldest stand first. */
  #forget(nowMs: number): void {
    for (const [digest, atMs] of this.#issued) {
      if (isRecent(atMs, nowMs)) return;
      this.#issued.delete(digest);
    }
  }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
